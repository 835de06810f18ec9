<?php
/**
 * Texts of the reasons for the customer whose domain it is: state, label, sentence, next step.
 *
 * They say what the customer can do, and nothing of the panel, the server or other customers: a reason that only the network's admin can end
 * says that and no more. A reason without a text of its own gets one by its status, so that a new one gives nothing away.
 *
 * Names in braces are arguments of the reason: host, expected, found, issuers and until, no others.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

return static fn( Reason $reason, bool $is_certificate ): array => match ( $reason ) {
	Reason::Proxied => array(
		'ready',
		__( 'Connected', 'domain-sync-for-runcloud' ),
		__( 'Visitors reach your site under this domain, through a proxy.', 'domain-sync-for-runcloud' ),
		__( 'Set the proxy to check the certificate of your site (at Cloudflare: SSL/TLS mode "Full (strict)").', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_None => array(
		'yours',
		__( 'DNS records are missing', 'domain-sync-for-runcloud' ),
		__( 'DNS has no address for {host} yet.', 'domain-sync-for-runcloud' ),
		__( 'Create these records at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Elsewhere => array(
		'yours',
		__( 'DNS leads elsewhere', 'domain-sync-for-runcloud' ),
		__( 'DNS sends {host} to {found}, which is not where your site is.', 'domain-sync-for-runcloud' ),
		__( 'Change these records at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Ready_To_Switch => array(
		'yours',
		__( 'Ready to switch', 'domain-sync-for-runcloud' ),
		__( 'Everything is prepared here. DNS still sends {host} to {found}.', 'domain-sync-for-runcloud' ),
		__( 'Change these records at your DNS provider when visitors are to come here.', 'domain-sync-for-runcloud' ),
	),
	Reason::Move_Prepared => array(
		'yours',
		__( 'The move is prepared', 'domain-sync-for-runcloud' ),
		__( 'The certificate for your site here is on its way. DNS still sends {host} to {found}.', 'domain-sync-for-runcloud' ),
		__( 'When the certificate is there, change these records at your DNS provider: visitors notice nothing of the move then.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Left => array(
		'yours',
		__( 'DNS does not lead here any more', 'domain-sync-for-runcloud' ),
		__( 'DNS sent {host} to your site before; it does not any more.', 'domain-sync-for-runcloud' ),
		__( 'Set these records at your DNS provider, or remove the domain here.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Some_Elsewhere => array(
		'yours',
		__( 'Some records lead elsewhere', 'domain-sync-for-runcloud' ),
		__( 'Some visitors of {host} are sent to {found}, which is not where your site is.', 'domain-sync-for-runcloud' ),
		__( 'Remove the wrong records at your DNS provider, and keep the right ones.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Aaaa_Elsewhere => array(
		'yours',
		__( 'An AAAA record leads elsewhere', 'domain-sync-for-runcloud' ),
		__( 'The A record of {host} is right, but its AAAA record sends visitors to {found}.', 'domain-sync-for-runcloud' ),
		__( 'Put the AAAA record right at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Failed => array(
		'yours',
		__( 'DNS fails', 'domain-sync-for-runcloud' ),
		__( 'The name servers of {host} answer with an error.', 'domain-sync-for-runcloud' ),
		__( 'Ask your DNS provider whether the zone of your domain is whole.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Lame => array(
		'yours',
		__( 'Name servers refuse', 'domain-sync-for-runcloud' ),
		__( 'The name servers of {host} refuse to answer for it.', 'domain-sync-for-runcloud' ),
		__( 'Where you bought the domain, enter the name servers of the DNS provider that has its records.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Bogus => array(
		'yours',
		__( 'DNSSEC is broken', 'domain-sync-for-runcloud' ),
		__( 'The answers for {host} do not pass the check of DNSSEC.', 'domain-sync-for-runcloud' ),
		__( 'Where you bought the domain, correct or remove its DS record.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Cname_Conflict => array(
		'yours',
		__( 'CNAME beside other records', 'domain-sync-for-runcloud' ),
		__( '{host} has a CNAME beside other records, which DNS does not permit.', 'domain-sync-for-runcloud' ),
		__( 'At your DNS provider, remove the CNAME and set these records.', 'domain-sync-for-runcloud' ),
	),
	Reason::Www_Missing => array(
		'yours',
		__( 'www is missing', 'domain-sync-for-runcloud' ),
		__( 'DNS has no address for {host} yet.', 'domain-sync-for-runcloud' ),
		__( 'Create the missing record at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Www_Elsewhere => array(
		'yours',
		__( 'www leads elsewhere', 'domain-sync-for-runcloud' ),
		__( 'DNS sends {host} to {found}, which is not where your site is.', 'domain-sync-for-runcloud' ),
		__( 'Change that record at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Redirects_Away => array(
		'yours',
		__( 'Redirected elsewhere', 'domain-sync-for-runcloud' ),
		__( 'Visitors of {host} are redirected to another address before they reach your site.', 'domain-sync-for-runcloud' ),
		__( 'Remove that redirection where it was set up: at your DNS provider, or at a proxy.', 'domain-sync-for-runcloud' ),
	),
	Reason::Another_Server => array(
		'yours',
		__( 'Not your site', 'domain-sync-for-runcloud' ),
		__( 'What visitors of {host} are served is not your site here.', 'domain-sync-for-runcloud' ),
		__( 'Compare these records with those at your DNS provider. If they are the same, ask the administrators of this network.', 'domain-sync-for-runcloud' ),
	),
	Reason::Ownership => array(
		'yours',
		__( 'Proof is needed', 'domain-sync-for-runcloud' ),
		__( 'Before your site is served under this domain, it must be shown that the domain is yours.', 'domain-sync-for-runcloud' ),
		__( 'Create the TXT record at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::No_Host => array(
		'yours',
		__( 'Not a domain', 'domain-sync-for-runcloud' ),
		__( 'This name cannot be a domain on the Internet.', 'domain-sync-for-runcloud' ),
		__( 'Delete it, and add the domain as you bought it.', 'domain-sync-for-runcloud' ),
	),
	Reason::Caa_Forbids => array(
		'yours',
		__( 'Not permitted by CAA', 'domain-sync-for-runcloud' ),
		__( 'A CAA record of {host} permits only {issuers} to issue certificates.', 'domain-sync-for-runcloud' ),
		__( 'Add a CAA record that permits letsencrypt.org at your DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Caa_Failed => array(
		'yours',
		__( 'CAA cannot be looked up', 'domain-sync-for-runcloud' ),
		__( 'The name servers of {host} have no proper answer for CAA records, and no certificate is issued without one.', 'domain-sync-for-runcloud' ),
		__( 'Ask your DNS provider to answer questions for CAA records. That there are none is an answer.', 'domain-sync-for-runcloud' ),
	),
	Reason::Suspended => array(
		'admins',
		__( 'Your site is switched off', 'domain-sync-for-runcloud' ),
		__( 'Your site is switched off at present, and so is this domain.', 'domain-sync-for-runcloud' ),
		__( 'Ask the administrators of this network.', 'domain-sync-for-runcloud' ),
	),
	Reason::Existing, Reason::Declined => array(
		'unknown',
		__( 'Not checked', 'domain-sync-for-runcloud' ),
		__( 'This domain was set up before, and is left as it is.', 'domain-sync-for-runcloud' ),
		__( 'Nothing, if your site is reached under it. Otherwise ask the administrators of this network.', 'domain-sync-for-runcloud' ),
	),
	Reason::Covers => array(
		'ready',
		__( 'Secure', 'domain-sync-for-runcloud' ),
		__( 'The certificate is valid until {until}, and is renewed by itself.', 'domain-sync-for-runcloud' ),
		'',
	),
	Reason::Waits_For_Dns => array(
		'working',
		__( 'Waits for DNS', 'domain-sync-for-runcloud' ),
		__( 'The certificate is ordered when DNS leads to your site.', 'domain-sync-for-runcloud' ),
		'',
	),
	Reason::Budget_Spent => array(
		'working',
		__( 'Under way', 'domain-sync-for-runcloud' ),
		__( 'The certificate is ordered at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	default => match ( true ) {
		Status::Ready === $reason->status() && $is_certificate   => array(
			'ready',
			__( 'Secure', 'domain-sync-for-runcloud' ),
			__( 'Visitors get a secure connection.', 'domain-sync-for-runcloud' ),
			'',
		),
		Status::Ready === $reason->status()                      => array(
			'ready',
			__( 'Connected', 'domain-sync-for-runcloud' ),
			__( 'Visitors reach your site under this domain.', 'domain-sync-for-runcloud' ),
			'',
		),
		Status::Unknown === $reason->status() && $is_certificate => array(
			'unknown',
			__( 'Not known', 'domain-sync-for-runcloud' ),
			__( 'The certificate could not be looked at just now.', 'domain-sync-for-runcloud' ),
			__( 'Nothing: it is looked at again soon.', 'domain-sync-for-runcloud' ),
		),
		Status::Unknown === $reason->status()                    => array(
			'unknown',
			__( 'Not known', 'domain-sync-for-runcloud' ),
			__( 'This domain could not be looked at just now.', 'domain-sync-for-runcloud' ),
			__( 'Nothing: it is looked at again soon.', 'domain-sync-for-runcloud' ),
		),
		Status::Pending === $reason->status() && $is_certificate => array(
			'working',
			__( 'Under way', 'domain-sync-for-runcloud' ),
			__( 'The certificate for a secure connection is under way.', 'domain-sync-for-runcloud' ),
			__( 'Nothing: this takes some minutes.', 'domain-sync-for-runcloud' ),
		),
		Status::Pending === $reason->status()                    => array(
			'working',
			__( 'Being set up', 'domain-sync-for-runcloud' ),
			__( 'This domain is being set up for your site.', 'domain-sync-for-runcloud' ),
			__( 'If you have not done so yet, set these records at your DNS provider. Everything else happens by itself.', 'domain-sync-for-runcloud' ),
		),
		$is_certificate                                          => array(
			'admins',
			__( 'Waits for the administrators', 'domain-sync-for-runcloud' ),
			__( 'The administrators of this network have to look at the certificate.', 'domain-sync-for-runcloud' ),
			__( 'Nothing. If it takes longer than a day, ask them.', 'domain-sync-for-runcloud' ),
		),
		default                                                  => array(
			'admins',
			__( 'Waits for the administrators', 'domain-sync-for-runcloud' ),
			__( 'The administrators of this network have to look at this domain first.', 'domain-sync-for-runcloud' ),
			__( 'Nothing. If it takes longer than a day, ask them.', 'domain-sync-for-runcloud' ),
		),
	},
};

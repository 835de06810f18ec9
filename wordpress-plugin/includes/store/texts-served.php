<?php
/**
 * Texts of the reasons that come from what visitors are served: label, sentence, next step.
 *
 * Names in braces are arguments of the reason; translations keep them as they are.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

return static fn( Reason $reason ): ?array => match ( $reason ) {
	Reason::Served => array(
		__( 'Served', 'domain-sync-for-runcloud' ),
		__( 'Visitors reach this site under this host.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Proxied => array(
		__( 'Behind a proxy', 'domain-sync-for-runcloud' ),
		__( 'Visitors reach this site through a proxy, which DNS names in place of this server.', 'domain-sync-for-runcloud' ),
		__( 'Set the proxy to check the certificate of this server (at Cloudflare: SSL/TLS mode "Full (strict)"), and to pass on /.well-known/acme-challenge/ without a redirection.', 'domain-sync-for-runcloud' ),
	),
	Reason::Not_Served_Yet => array(
		__( 'Not served yet', 'domain-sync-for-runcloud' ),
		__( 'DNS points here, but the server does not serve this host yet (HTTP status {status}).', 'domain-sync-for-runcloud' ),
		__( 'Nothing: RunCloud needs some seconds. If it lasts, look at the web application in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Ready_To_Switch => array(
		__( 'Ready to switch', 'domain-sync-for-runcloud' ),
		__( 'The certificate is there; DNS still points to {found}.', 'domain-sync-for-runcloud' ),
		__( 'Switch DNS now: set the records of {host} to {expected}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Move_Prepared => array(
		__( 'Move is prepared', 'domain-sync-for-runcloud' ),
		__( 'DNS still sends {host} to {found}; the server there sends on to this one what Let\'s Encrypt asks for, so the certificate is ordered already.', 'domain-sync-for-runcloud' ),
		__( 'Nothing yet: switch DNS as soon as the certificate is there.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_None => array(
		__( 'No DNS yet', 'domain-sync-for-runcloud' ),
		__( 'DNS has no address for {host}.', 'domain-sync-for-runcloud' ),
		__( 'Set an address record (A, for IPv6 AAAA) of {host} to {expected}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Elsewhere => array(
		__( 'DNS points elsewhere', 'domain-sync-for-runcloud' ),
		__( 'DNS sends {host} to {found}, which is not this server.', 'domain-sync-for-runcloud' ),
		__( 'Set the address records (A, for IPv6 AAAA) of {host} to {expected}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Some_Elsewhere => array(
		__( 'Some addresses lead elsewhere', 'domain-sync-for-runcloud' ),
		__( 'Some of the addresses of {host} are not this server: {found}.', 'domain-sync-for-runcloud' ),
		__( 'Remove the address records of {host} that lead to {found}; keep {expected}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Aaaa_Elsewhere => array(
		__( 'IPv6 leads elsewhere', 'domain-sync-for-runcloud' ),
		__( 'The A record of {host} is right, but its AAAA record leads to {found}, which is not this server.', 'domain-sync-for-runcloud' ),
		__( 'Remove the AAAA record of {host}; the address records should hold {expected} only.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Failed => array(
		__( 'DNS fails', 'domain-sync-for-runcloud' ),
		__( 'The name servers of {host} answer with an error, so no address can be looked up.', 'domain-sync-for-runcloud' ),
		__( 'See that the zone of {host} is whole at its DNS provider.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Lame => array(
		__( 'Name servers refuse', 'domain-sync-for-runcloud' ),
		__( 'The name servers that the registrar has for {host} do not answer for it.', 'domain-sync-for-runcloud' ),
		__( 'At the registrar, enter the name servers of the DNS provider that has the zone.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Bogus => array(
		__( 'DNSSEC is broken', 'domain-sync-for-runcloud' ),
		__( 'The answers for {host} do not pass the check of DNSSEC.', 'domain-sync-for-runcloud' ),
		__( 'Correct or remove the DS record of the domain at the registrar.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Cname_Conflict => array(
		__( 'CNAME beside other records', 'domain-sync-for-runcloud' ),
		__( '{host} has a CNAME (to {cname}) beside name servers of its own, which DNS does not permit.', 'domain-sync-for-runcloud' ),
		__( 'Use an address record (A, for IPv6 AAAA) to {expected} in place of the CNAME.', 'domain-sync-for-runcloud' ),
	),
	Reason::Dns_Left => array(
		__( 'DNS has left', 'domain-sync-for-runcloud' ),
		__( 'DNS sent {host} here before; it does not any more.', 'domain-sync-for-runcloud' ),
		__( 'Set the records of {host} to {expected}, or unmap the host.', 'domain-sync-for-runcloud' ),
	),
	Reason::Www_Missing => array(
		__( 'www has no DNS', 'domain-sync-for-runcloud' ),
		__( 'DNS has no address for {host}.', 'domain-sync-for-runcloud' ),
		__( 'Set a CNAME record of {host} to {domain}, or an address record (A, for IPv6 AAAA) to {expected}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Www_Elsewhere => array(
		__( 'www leads elsewhere', 'domain-sync-for-runcloud' ),
		__( 'DNS sends {host} to {found}, which is not this server.', 'domain-sync-for-runcloud' ),
		__( 'Set a CNAME record of {host} to {domain}, or its address records (A, for IPv6 AAAA) to {expected}; no others.', 'domain-sync-for-runcloud' ),
	),
	Reason::Port_Closed => array(
		__( 'Port 80 is closed', 'domain-sync-for-runcloud' ),
		__( 'Nothing answers for {host} on port 80 ({found}), which Let\'s Encrypt needs.', 'domain-sync-for-runcloud' ),
		__( 'Open port 80 in the firewalls on the way, RunCloud\'s own included.', 'domain-sync-for-runcloud' ),
	),
	Reason::Redirects_Away => array(
		__( 'Redirected away', 'domain-sync-for-runcloud' ),
		__( 'Requests for {host} are redirected to {target}, and do not arrive at this network.', 'domain-sync-for-runcloud' ),
		__( 'Remove the redirection, at least for /.well-known/acme-challenge/.', 'domain-sync-for-runcloud' ),
	),
	Reason::Another_Server => array(
		__( 'Another server answers', 'domain-sync-for-runcloud' ),
		__( 'A server answers for {host} that is not this network (at {found}, HTTP status {status}).', 'domain-sync-for-runcloud' ),
		__( 'Set the address records (A, for IPv6 AAAA) of {host} to {expected}. Where they are right, see in the RunCloud dashboard that the web application has the domain.', 'domain-sync-for-runcloud' ),
	),
	Reason::Not_Looked => array(
		__( 'Could not be looked at', 'domain-sync-for-runcloud' ),
		__( 'What is served for {host} could not be looked at in time ({kind}).', 'domain-sync-for-runcloud' ),
		__( 'Nothing: the next look follows by itself.', 'domain-sync-for-runcloud' ),
	),
	Reason::Network_Unreachable => array(
		__( 'The network itself could not be looked at', 'domain-sync-for-runcloud' ),
		__( 'Not even the network\'s own main host could be looked at ({kind}), so nothing is said about this one.', 'domain-sync-for-runcloud' ),
		__( 'See whether this server can reach its own addresses and its name servers.', 'domain-sync-for-runcloud' ),
	),
	Reason::Covers => array(
		__( 'Valid', 'domain-sync-for-runcloud' ),
		__( 'The certificate is valid until {until}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Automatic => array(
		__( 'Looked after by RunCloud', 'domain-sync-for-runcloud' ),
		__( 'RunCloud looks after this certificate by itself.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Wildcard_Certificate => array(
		__( 'Wildcard', 'domain-sync-for-runcloud' ),
		__( 'The web application\'s wildcard serves this host; its certificate is looked after at RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Waits_For_Dns => array(
		__( 'Waits for DNS', 'domain-sync-for-runcloud' ),
		__( 'The certificate is ordered as soon as requests for the host arrive here.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: the domain says what is missing.', 'domain-sync-for-runcloud' ),
	),
	Reason::No_Certificate => array(
		__( 'No certificate yet', 'domain-sync-for-runcloud' ),
		__( 'No certificate is served for {host}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: it is ordered.', 'domain-sync-for-runcloud' ),
	),
	Reason::Other_Name => array(
		__( 'Certificate of another name', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served does not cover {missing}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: a certificate that covers it is ordered.', 'domain-sync-for-runcloud' ),
	),
	Reason::Expired => array(
		__( 'Expired', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served for {host} expired at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: a new one is ordered.', 'domain-sync-for-runcloud' ),
	),
	Reason::Not_Yet_Valid => array(
		__( 'Not yet valid', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served for {host} becomes valid at {from} only.', 'domain-sync-for-runcloud' ),
		__( 'See whether the clock of the server is right.', 'domain-sync-for-runcloud' ),
	),
	Reason::Self_Signed => array(
		__( 'Self-signed', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served for {host} was signed by the server itself.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: a certificate is ordered.', 'domain-sync-for-runcloud' ),
	),
	Reason::Unknown_Issuer => array(
		__( 'Unknown issuer', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served for {host} comes from {issuer}, which browsers do not trust.', 'domain-sync-for-runcloud' ),
		__( 'Install a certificate of Let\'s Encrypt in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Staging => array(
		__( 'Test certificate', 'domain-sync-for-runcloud' ),
		__( 'The certificate that is served for {host} comes from the test environment of Let\'s Encrypt, which browsers do not trust.', 'domain-sync-for-runcloud' ),
		__( 'In the RunCloud dashboard, order it from the live environment.', 'domain-sync-for-runcloud' ),
	),
	Reason::Caa_Forbids => array(
		__( 'CAA forbids it', 'domain-sync-for-runcloud' ),
		__( 'The CAA records that count for {host} do not permit Let\'s Encrypt to issue certificates (they permit: {issuers}).', 'domain-sync-for-runcloud' ),
		__( 'Add a CAA record that permits letsencrypt.org (0 issue "letsencrypt.org") where the others are, at {host} or the nearest parent that has any.', 'domain-sync-for-runcloud' ),
	),
	Reason::Caa_Failed => array(
		__( 'CAA cannot be looked up', 'domain-sync-for-runcloud' ),
		__( 'The certificate was ordered in vain. The name servers of {host} have no proper answer for CAA records, without which Let\'s Encrypt issues nothing.', 'domain-sync-for-runcloud' ),
		__( 'Have the DNS provider answer questions for CAA records (that there are none is an answer), then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Order_Waits => array(
		__( 'Order is near', 'domain-sync-for-runcloud' ),
		__( 'The certificate is ordered at {until}, together with others.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Order_Under_Way => array(
		__( 'Order is under way', 'domain-sync-for-runcloud' ),
		__( 'RunCloud was asked for the certificate.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this takes some minutes.', 'domain-sync-for-runcloud' ),
	),
	Reason::Order_Failed => array(
		__( 'Order failed', 'domain-sync-for-runcloud' ),
		__( 'A certificate was ordered, and none that covers {host} is served.', 'domain-sync-for-runcloud' ),
		__( 'Look at SSL/TLS of the domain in the RunCloud dashboard, then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Budget_Spent => array(
		__( 'Let\'s Encrypt\'s limit', 'domain-sync-for-runcloud' ),
		__( 'Let\'s Encrypt permits no more certificates for {scope} at present; it is ordered at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::First_Certificate => array(
		__( 'First certificate is missing', 'domain-sync-for-runcloud' ),
		__( 'The web application has no certificate yet, and the first one changes all its domains.', 'domain-sync-for-runcloud' ),
		__( 'Install the first certificate in the RunCloud dashboard (web application, SSL/TLS).', 'domain-sync-for-runcloud' ),
	),
	Reason::Not_Renewable => array(
		__( 'Comes from elsewhere', 'domain-sync-for-runcloud' ),
		__( 'The certificate was not issued by Let\'s Encrypt at RunCloud, so it cannot be renewed from here.', 'domain-sync-for-runcloud' ),
		__( 'Renew it where it came from, or let RunCloud issue one.', 'domain-sync-for-runcloud' ),
	),
	Reason::Shared_Waits => array(
		__( 'Waits for another host', 'domain-sync-for-runcloud' ),
		__( 'All domains of the web application share one certificate, and these are not reachable here yet: {blocker}. It is ordered when they are, or at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Put DNS right for {blocker}, or unmap what is not needed. With advanced SSL each host has a certificate of its own and waits for nobody.', 'domain-sync-for-runcloud' ),
	),
	Reason::Shared_Blocked => array(
		__( 'Another host stands in the way', 'domain-sync-for-runcloud' ),
		__( 'RunCloud was asked for the certificate that all domains share, and none came. These are not reachable here, which may have stopped it: {blocker}.', 'domain-sync-for-runcloud' ),
		__( 'Put DNS right for {blocker}, or unmap it; or switch the web application to advanced SSL in the RunCloud dashboard. It is ordered again at {until}.', 'domain-sync-for-runcloud' ),
	),
	Reason::Names_Limit => array(
		__( 'Certificate is full', 'domain-sync-for-runcloud' ),
		__( 'The shared certificate holds {names} of at most {most} names.', 'domain-sync-for-runcloud' ),
		__( 'Switch the web application to advanced SSL in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Renewal_Late => array(
		__( 'Renewal is late', 'domain-sync-for-runcloud' ),
		__( 'The certificate ends at {until}, and should have been renewed by now.', 'domain-sync-for-runcloud' ),
		__( 'It is ordered from here, again as long as there is time. If this lasts, look at SSL/TLS of the domain in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	default => null,
};

<?php
/**
 * What somebody can do about an order that brought no certificate, by what RunCloud said of the one that it has.
 *
 * Names in braces are arguments of the reason; translations keep them as they are.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

return static fn( string $panel ): ?string => match ( $panel ) {
	'none'      => __( 'RunCloud has no certificate for it, so Let\'s Encrypt refused. Look at SSL/TLS of the domain in the RunCloud dashboard for the reason, see that http://{host}/.well-known/acme-challenge/ can be reached from everywhere, then press "Try again".', 'domain-sync-for-runcloud' ),
	'staging'   => __( 'RunCloud has a certificate of Let\'s Encrypt\'s test environment, which browsers do not trust. Install one of the live environment in the RunCloud dashboard (SSL/TLS), then press "Try again".', 'domain-sync-for-runcloud' ),
	'elsewhere' => __( 'RunCloud has a certificate that was not issued there, and cannot renew it. Renew it where it came from, or let RunCloud issue one (SSL/TLS in the dashboard).', 'domain-sync-for-runcloud' ),
	'expired'   => __( 'The certificate that RunCloud has ended at {panel_until}: its renewal fails. Look at SSL/TLS of the domain in the RunCloud dashboard for the reason, then press "Try again".', 'domain-sync-for-runcloud' ),
	'held'      => __( 'RunCloud has a certificate, valid until {panel_until}, but it is not served for {host}, or does not cover it. In the RunCloud dashboard, redeploy it (SSL/TLS) and look for an error of the web server, then press "Try again".', 'domain-sync-for-runcloud' ),
	'kept'      => __( 'RunCloud issued the certificate that all domains share again, but for the names that it had before, without {host}. In the RunCloud dashboard, switch the web application to advanced SSL, where each domain has a certificate of its own; or remove its certificate and install a new one of Let\'s Encrypt (SSL/TLS), which is for all domains. The next look finds it.', 'domain-sync-for-runcloud' ),
	'automatic' => __( 'RunCloud looks after certificates by itself (AutoSSL) and has brought none within a day. Look at SSL/TLS of the domain in the RunCloud dashboard, or switch AutoSSL off there, so that it is ordered from here.', 'domain-sync-for-runcloud' ),
	default     => null,
};

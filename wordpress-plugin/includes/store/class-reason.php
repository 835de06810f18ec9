<?php
/**
 * Why a domain or its certificate is as it is.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * The one list of reasons. A code is stable: it stands in the database, the log and the command line. The texts (texts-panel.php,
 * texts-served.php) are made when they are read, in the reader's language.
 */
enum Reason: string {

	// From the network and from RunCloud.
	case Waiting              = 'waiting';
	case Mapped               = 'mapped';
	case Adopted              = 'adopted';
	case Not_Ours             = 'not-ours';
	case Primary              = 'primary';
	case Removed              = 'removed';
	case Removed_Dns_Here     = 'removed-dns-here';
	case Removal_Waits        = 'removal-waits';
	case Removal_Delayed      = 'removal-delayed';
	case Existing             = 'existing';
	case Unmapped_Meanwhile   = 'unmapped-meanwhile';
	case Renamed              = 'renamed-in-database';
	case Deleted_By_Others    = 'deleted-by-others';
	case Mass_Removal         = 'mass-removal';
	case Declined             = 'declined';
	case Other_App            = 'other-app';
	case Ownership            = 'ownership';
	case Differs              = 'differs';
	case Deleted              = 'deleted-at-runcloud';
	case Wildcard_Covers      = 'wildcard-covered';
	case Wildcard_Gone        = 'wildcard-gone';
	case Www_Covers           = 'www-covered';
	case Suspended            = 'site-suspended';
	case Base_Domain          = 'base-domain';
	case No_Host              = 'no-host';
	case Web_App_Changed      = 'web-app-changed';
	case Left_Behind          = 'left-at-old-web-app';
	case Add_Only             = 'policy-add-only';
	case Paused               = 'policy-paused';
	case Copy                 = 'copy';
	case Environment          = 'environment';
	case Other_Network        = 'other-network';
	case No_Extension         = 'extension-missing';
	case Blocked              = 'requests-blocked';
	case Outcome_Unknown      = 'outcome-unknown';
	case Crashed              = 'crashed';
	case Rate_Limited         = 'rate-limited';
	case Quota_Spent          = 'quota-spent';
	case Panel_Down           = 'panel-down';
	case Unreachable          = 'panel-unreachable';
	case Unauthorized         = 'unauthorized';
	case Forbidden            = 'forbidden';
	case Web_App_Not_Found    = 'web-app-not-found';
	case Refused              = 'refused';
	case Failed               = 'failed';
	case Gave_Up              = 'gave-up';

	// From what visitors are served.
	case Served               = 'served';
	case Proxied              = 'proxied';
	case Not_Served_Yet       = 'not-served-yet';
	case Ready_To_Switch      = 'ready-to-switch';
	case Move_Prepared        = 'move-prepared';
	case Dns_None             = 'dns-none';
	case Dns_Elsewhere        = 'dns-elsewhere';
	case Dns_Some_Elsewhere   = 'dns-some-elsewhere';
	case Dns_Aaaa_Elsewhere   = 'dns-aaaa-elsewhere';
	case Dns_Failed           = 'dns-failed';
	case Dns_Lame             = 'dns-lame';
	case Dns_Bogus            = 'dns-bogus';
	case Dns_Cname_Conflict   = 'dns-cname-conflict';
	case Dns_Left             = 'dns-left';
	case Www_Missing          = 'www-missing';
	case Www_Elsewhere        = 'www-elsewhere';
	case Port_Closed          = 'port-80-closed';
	case Redirects_Away       = 'redirects-away';
	case Another_Server       = 'another-server';
	case Not_Looked           = 'not-looked';
	case Network_Unreachable  = 'network-unreachable';
	case Covers               = 'certificate-covers';
	case Automatic            = 'certificate-automatic';
	case Wildcard_Certificate = 'certificate-wildcard';
	case Waits_For_Dns        = 'waits-for-dns';
	case No_Certificate       = 'certificate-missing';
	case Other_Name           = 'certificate-other-name';
	case Expired              = 'certificate-expired';
	case Not_Yet_Valid        = 'certificate-not-yet-valid';
	case Self_Signed          = 'certificate-self-signed';
	case Unknown_Issuer       = 'certificate-unknown-issuer';
	case Staging              = 'certificate-staging';
	case Caa_Forbids          = 'caa-forbids';
	case Caa_Failed           = 'caa-failed';
	case Order_Waits          = 'order-waits';
	case Order_Under_Way      = 'order-under-way';
	case Order_Failed         = 'order-failed';
	case Budget_Spent         = 'budget-spent';
	case First_Certificate    = 'first-certificate';
	case Not_Renewable        = 'not-renewable';
	case Shared_Waits         = 'shared-order-waits';
	case Shared_Blocked       = 'shared-order-blocked';
	case Names_Limit          = 'names-limit';
	case Renewal_Late         = 'renewal-late';

	/** A few words for a list. */
	public function label(): string {
		return $this->texts()[0];
	}

	/**
	 * What is the matter, as one sentence. Plain text: to be escaped where it is shown.
	 *
	 * @param array<string, mixed> $details Arguments of the reason, as they are stored with it.
	 */
	public function sentence( array $details = array() ): string {
		return self::filled( $this->texts()[1], $details );
	}

	/**
	 * What somebody can do about it. Plain text, as above.
	 *
	 * @param array<string, mixed> $details Arguments of the reason, as they are stored with it.
	 */
	public function next_step( array $details = array() ): string {
		static $order = null;
		$order ??= require __DIR__ . '/texts-order.php';
		$text    = self::Order_Failed === $this ? $order( (string) ( $details['panel'] ?? '' ) ) : null;
		return self::filled( $text ?? $this->texts()[2], $details );
	}

	/**
	 * The same for the customer whose domain it is. Says nothing of the panel, the server and others.
	 *
	 * @param array<string, mixed> $details        Arguments of the reason, as they are stored with it.
	 * @param bool                 $is_certificate Whether it says how the certificate is.
	 *
	 * @return array{state: string, label: string, sentence: string, next_step: string} State: ready, working, unknown, yours (the customer has to
	 *                                                                                 do something) or admins. The rest is plain text, as above.
	 */
	public function for_customer( array $details, bool $is_certificate = false ): array {
		static $texts = null;
		$texts ??= require __DIR__ . '/texts-customer.php';

		list( $state, $label, $sentence, $next_step ) = $texts( $this, $is_certificate );
		return array(
			'state'     => $state,
			'label'     => $label,
			'sentence'  => self::filled( $sentence, $details ),
			'next_step' => self::filled( $next_step, $details ),
		);
	}

	/** How a domain or certificate is for this reason. */
	public function status(): Status {
		return match ( $this ) {
			self::Not_Ours, self::Primary, self::Removed, self::Removed_Dns_Here, self::Wildcard_Covers, self::Www_Covers, self::Base_Domain, self::Left_Behind, self::Add_Only,
			self::Served, self::Proxied, self::Covers, self::Automatic, self::Wildcard_Certificate
				=> Status::Ready,
			self::Waiting, self::Mapped, self::Adopted, self::Removal_Waits, self::Removal_Delayed, self::Declined, self::Differs,
			self::Deleted, self::Wildcard_Gone, self::Suspended, self::Paused, self::Copy, self::Environment, self::Outcome_Unknown,
			self::Rate_Limited, self::Quota_Spent, self::Panel_Down, self::Unreachable, self::Not_Served_Yet, self::Ready_To_Switch, self::Move_Prepared,
			self::Dns_None, self::Dns_Elsewhere, self::Waits_For_Dns, self::No_Certificate, self::Other_Name, self::Expired,
			self::Self_Signed, self::Order_Waits, self::Order_Under_Way, self::Budget_Spent, self::Shared_Waits
				=> Status::Pending,
			self::Not_Looked, self::Network_Unreachable
				=> Status::Unknown,
			default
				=> Status::Action,
		};
	}

	/** Whether it says how the certificate is, and not how the domain is. */
	public function is_about_certificate(): bool {
		return match ( $this ) {
			self::Covers, self::Automatic, self::Wildcard_Certificate, self::Waits_For_Dns, self::No_Certificate, self::Other_Name, self::Expired,
			self::Not_Yet_Valid, self::Self_Signed, self::Unknown_Issuer, self::Staging, self::Caa_Forbids, self::Caa_Failed, self::Order_Waits, self::Order_Under_Way,
			self::Order_Failed, self::Budget_Spent, self::First_Certificate, self::Not_Renewable, self::Shared_Waits, self::Shared_Blocked, self::Names_Limit, self::Renewal_Late
				=> true,
			default
				=> false,
		};
	}

	/** Whether it meets every call alike, so that no domain is to blame. Its end is found by one call, not by each row. */
	public function is_outage(): bool {
		return match ( $this ) {
			self::Rate_Limited, self::Quota_Spent, self::Panel_Down, self::Unreachable, self::Unauthorized, self::Forbidden, self::Web_App_Not_Found, self::Blocked
				=> true,
			default
				=> false,
		};
	}

	/** Whether the same call can work later though nobody changes anything. */
	public function is_retryable(): bool {
		return match ( $this ) {
			self::Rate_Limited, self::Quota_Spent, self::Panel_Down, self::Unreachable, self::Outcome_Unknown, self::Crashed
				=> true,
			default
				=> false,
		};
	}

	/**
	 * The texts: label, sentence, next step.
	 *
	 * @return array{string, string, string}
	 */
	private function texts(): array {
		static $panel  = null;
		static $served = null;
		$panel  ??= require __DIR__ . '/texts-panel.php';
		$served ??= require __DIR__ . '/texts-served.php';
		return $panel( $this ) ?? $served( $this );
	}

	/**
	 * A text with its arguments. Rows of an older version may lack some.
	 *
	 * @param string               $text    Text with names in braces.
	 * @param array<string, mixed> $details Arguments by name.
	 */
	private static function filled( string $text, array $details ): string {
		return (string) preg_replace_callback(
			'/\{([a-z_]+)\}/',
			static function ( array $found ) use ( $details ): string {
				$value = $details[ $found[1] ] ?? null;
				$value = is_array( $value ) ? implode( ', ', array_filter( $value, 'is_scalar' ) ) : ( is_scalar( $value ) ? (string) $value : '' );
				if ( in_array( $found[1], array( 'until', 'from', 'panel_until' ), true ) && ctype_digit( $value ) ) {
					$value = gmdate( 'Y-m-d H:i', (int) $value ) . ' UTC';
				}
				return match ( true ) {
					'' !== $value && '-' !== $value => $value,
					// Until RunCloud was asked, which takes some minutes of waiting.
					'expected' === $found[1]        => __( 'the addresses that the RunCloud dashboard shows for it', 'domain-sync-for-runcloud' ),
					'-' === $value                  => __( 'nobody', 'domain-sync-for-runcloud' ),
					default                         => __( '(not known)', 'domain-sync-for-runcloud' ),
				};
			},
			$text
		);
	}
}

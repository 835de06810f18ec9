<?php
/**
 * One row: a host that the network, RunCloud or somebody's code knows.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * A row as it was when it was read. Times are Unix times, 0 for none.
 */
final class Domain {

	// Who wants the host: a domain record, a site with that address, somebody's code.
	const RECORD = 'record';
	const SITE   = 'site';
	const CODE   = 'code';

	// What must not be done unasked.
	const HOLD_EXISTING     = 'existing';
	const HOLD_MASS_REMOVAL = 'mass-removal';
	const HOLD_OTHER_APP    = 'other-app';
	const HOLD_OWNERSHIP    = 'ownership';
	const HOLD_DECLINED     = 'declined';

	// Whose the domain at RunCloud is. Only what is ours or was adopted is ever removed.
	const OURS    = 'ours';
	const ADOPTED = 'adopted';
	const OTHERS  = 'others';

	// What Ultimate Multisite's record was before we took it from there: bits of a column.
	const WAS_ACTIVE  = 1;
	const WAS_PRIMARY = 2;

	// What RunCloud has, as far as anybody looked.
	const UNKNOWN = 'unknown';
	const PRESENT = 'present';
	const ABSENT  = 'absent';

	// What RunCloud was asked for and no look has confirmed yet.
	const ASKED_ADD    = 'add';
	const ASKED_REMOVE = 'remove';
	const ASKED_UPDATE = 'update';
	const ASKED_ORDER  = 'order';

	/** How columns are read. Those that a newer version added are left alone. */
	private const FORMS = array(
		'text'   => array( 'host', 'redirection', 'hold', 'owner', 'remote_type', 'remote_redirection', 'remote_state', 'remote_key', 'asked', 'order_set', 'certificate_serial', 'claim' ),
		'time'   => array( 'desired_since', 'left_at', 'remote_seen_at', 'asked_at', 'ordered_at', 'domain_since', 'certificate_since', 'certificate_from', 'certificate_until', 'dns_since', 'due_at', 'look_at', 'failing_since', 'claimed_until', 'changed_at' ),
		'yes'    => array( 'suspended', 'www', 'remote_www', 'remote_wildcard' ),
		'set'    => array( 'source' ),
		'status' => array( 'domain_status', 'certificate_status' ),
		'reason' => array( 'domain_reason', 'certificate_reason' ),
		'number' => array( 'id', 'site_id', 'customer_id', 'generation', 'approved', 'last_customer_id', 'proven_customer_id', 'web_app', 'remote_id', 'inventory', 'certificate_id', 'attempts', 'unfinished', 'withheld' ),
	);

	/**
	 * See from_row().
	 *
	 * @param int                  $id                  The row's id.
	 * @param string               $host                Host name as the extension writes it.
	 * @param int                  $site_id             The site it belongs to; 0 when it is not wanted.
	 * @param int                  $customer_id         Whose site that is.
	 * @param list<string>         $source              Who wants it: RECORD, SITE, CODE. It is wanted while one is left.
	 * @param bool                 $suspended           Whether its site or record is switched off.
	 * @param bool                 $www                 Whether "www." is to be served as well.
	 * @param string               $redirection         Where visitors are to be sent: none, www or non-www.
	 * @param int                  $desired_since       Since when this is so.
	 * @param int                  $generation          Rises with each change of what is desired.
	 * @param string               $hold                Why it waits for the admin's decision, or "".
	 * @param int                  $approved            The generation that the admin approved.
	 * @param string               $owner               OURS, ADOPTED, OTHERS or "".
	 * @param int                  $last_customer_id    Who had the host before.
	 * @param int                  $left_at             Since when not.
	 * @param int                  $proven_customer_id  Who proved that the host is theirs.
	 * @param int                  $web_app             The web application that the columns below are about.
	 * @param int                  $remote_id           The domain's id there.
	 * @param string               $remote_type         Its type there: primary or alias.
	 * @param bool                 $remote_www          Whether "www." is served there.
	 * @param string               $remote_redirection  Where visitors are sent there; "" when it is not known.
	 * @param bool                 $remote_wildcard     Whether it serves all names below it there.
	 * @param string               $remote_state        UNKNOWN, PRESENT or ABSENT.
	 * @param string               $remote_key          key() of the name that has the id there: a search and replace over the tables does not change it.
	 * @param int                  $remote_seen_at      When that was seen.
	 * @param int                  $inventory           Number of the inventory's run that saw it.
	 * @param string               $asked               What RunCloud was asked for, until a look confirms it.
	 * @param int                  $asked_at            When RunCloud was first asked for what is desired now.
	 * @param int                  $ordered_at          When a certificate was last ordered.
	 * @param string               $order_set           Hash of the names that were ordered together.
	 * @param Status               $domain_status       How the domain is.
	 * @param Reason|null          $domain_reason       Why.
	 * @param int                  $domain_since        Since when.
	 * @param Status               $certificate_status  How its certificate is.
	 * @param Reason|null          $certificate_reason  Why.
	 * @param int                  $certificate_since   Since when.
	 * @param int                  $certificate_id      The certificate's id at RunCloud.
	 * @param int                  $certificate_from    When it begins.
	 * @param int                  $certificate_until   When it ends.
	 * @param string               $certificate_serial  Its serial number.
	 * @param int                  $dns_since           Since when DNS is right.
	 * @param array<string, mixed> $domain_details      Arguments of the domain's reason.
	 * @param array<string, mixed> $certificate_details Arguments of the certificate's reason.
	 * @param int                  $due_at              When the next step at the panel is due; 0 when it is settled.
	 * @param int                  $look_at             When the next look is due.
	 * @param int                  $attempts            Attempts of the present step.
	 * @param int                  $unfinished          How many of them, in a row, ended without any outcome.
	 * @param int                  $failing_since       Since when nothing works.
	 * @param string               $claim               The run that has the row, or "".
	 * @param int                  $claimed_until       Until when.
	 * @param int                  $changed_at          When the row last changed.
	 * @param int                  $withheld            What we took from Ultimate Multisite's record until the host is proven: WAS_ACTIVE, WAS_PRIMARY, or both.
	 */
	public function __construct(
		public readonly int $id,
		public readonly string $host,
		public readonly int $site_id = 0,
		public readonly int $customer_id = 0,
		public readonly array $source = array(),
		public readonly bool $suspended = false,
		public readonly bool $www = false,
		public readonly string $redirection = 'none',
		public readonly int $desired_since = 0,
		public readonly int $generation = 1,
		public readonly string $hold = '',
		public readonly int $approved = 0,
		public readonly string $owner = '',
		public readonly int $last_customer_id = 0,
		public readonly int $left_at = 0,
		public readonly int $proven_customer_id = 0,
		public readonly int $web_app = 0,
		public readonly int $remote_id = 0,
		public readonly string $remote_type = '',
		public readonly bool $remote_www = false,
		public readonly string $remote_redirection = '',
		public readonly bool $remote_wildcard = false,
		public readonly string $remote_state = self::UNKNOWN,
		public readonly string $remote_key = '',
		public readonly int $remote_seen_at = 0,
		public readonly int $inventory = 0,
		public readonly string $asked = '',
		public readonly int $asked_at = 0,
		public readonly int $ordered_at = 0,
		public readonly string $order_set = '',
		public readonly Status $domain_status = Status::Pending,
		public readonly ?Reason $domain_reason = null,
		public readonly int $domain_since = 0,
		public readonly Status $certificate_status = Status::Pending,
		public readonly ?Reason $certificate_reason = null,
		public readonly int $certificate_since = 0,
		public readonly int $certificate_id = 0,
		public readonly int $certificate_from = 0,
		public readonly int $certificate_until = 0,
		public readonly string $certificate_serial = '',
		public readonly int $dns_since = 0,
		public readonly array $domain_details = array(),
		public readonly array $certificate_details = array(),
		public readonly int $due_at = 0,
		public readonly int $look_at = 0,
		public readonly int $attempts = 0,
		public readonly int $unfinished = 0,
		public readonly int $failing_since = 0,
		public readonly string $claim = '',
		public readonly int $claimed_until = 0,
		public readonly int $changed_at = 0,
		public readonly int $withheld = 0
	) {}

	/**
	 * The row as the database gave it. A word that this version does not know (a newer one was here) reads as "not known".
	 *
	 * @param array<string, string|null> $row Columns.
	 */
	public static function from_row( array $row ): self {
		$details = '' === (string) $row['details'] ? array() : json_decode( (string) $row['details'], true );
		$values = array();
		foreach ( self::FORMS as $form => $columns ) {
			foreach ( $columns as $column ) {
				$value             = (string) $row[ $column ];
				$values[ $column ] = match ( $form ) {
					'text'   => $value,
					'time'   => '' === $value ? 0 : (int) strtotime( "$value UTC" ),
					'yes'    => '1' === $value,
					'set'    => '' === $value ? array() : explode( ',', $value ),
					'status' => Status::tryFrom( $value ) ?? Status::Unknown,
					'reason' => Reason::tryFrom( $value ),
					default  => (int) $value,
				};
			}
		}
		$values['domain_details']      = (array) ( $details['domain'] ?? array() );
		$values['certificate_details'] = (array) ( $details['certificate'] ?? array() );
		return new self( ...$values );
	}

	/**
	 * The details of both reasons as they are stored: ASCII, never more than the column holds.
	 *
	 * @param array<string, mixed> $domain      Arguments of the domain's reason.
	 * @param array<string, mixed> $certificate Arguments of the certificate's reason.
	 */
	public static function details( array $domain, array $certificate ): string {
		$domain      = self::valid_utf8( $domain );
		$certificate = self::valid_utf8( $certificate );
		foreach ( array( 200, 60, 12 ) as $most ) {
			$details = array_filter(
				array(
					'domain'      => self::shortened( $domain, $most ),
					'certificate' => self::shortened( $certificate, $most ),
				)
			);
			// PHP's own function: letters outside ASCII become \u, whatever a filter thinks.
			$json = $details ? (string) json_encode( $details, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR ) : '';
			if ( strlen( $json ) <= 2048 ) {
				return $json;
			}
		}
		return '';
	}

	/**
	 * Names that are to be served, and that its certificate must cover.
	 *
	 * @return list<string>
	 */
	public function names(): array {
		return $this->www ? array( $this->host, "www.{$this->host}" ) : array( $this->host );
	}

	/**
	 * What a name is known by where it must not be found by a search and replace.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function key( string $host ): string {
		return substr( hash( 'sha256', $host ), 0, 16 );
	}

	/**
	 * What names are known by that stand in one certificate, in whatever order.
	 *
	 * @param list<string> $names Host names.
	 */
	public static function set_of( array $names ): string {
		$names = array_unique( array_map( 'strtolower', $names ) );
		sort( $names );
		return hash( 'sha256', implode( ' ', $names ) );
	}

	/** Whether the id at RunCloud is not that of this host: the row's name was changed in the table. */
	public function has_foreign_id(): bool {
		return 0 !== $this->remote_id && '' !== $this->remote_key && self::key( $this->host ) !== $this->remote_key;
	}

	/** Whether the last order of a certificate failed, or was never answered: the certificate's reason is then one of RunCloud's. */
	public function has_failed_order(): bool {
		return null !== $this->certificate_reason && ! $this->certificate_reason->is_about_certificate() && Status::Unknown !== $this->certificate_reason->status();
	}

	/** Whether Let's Encrypt would reach this server for the host: requests for it arrive here, or its old server sends on what Let's Encrypt asks for. */
	public function may_be_ordered(): bool {
		return ( Status::Ready === $this->domain_status && 0 !== $this->dns_since ) || ( Status::Pending === $this->domain_status && Reason::Move_Prepared === $this->domain_reason );
	}

	/** Whether the network or somebody's code wants the host. */
	public function is_wanted(): bool {
		return array() !== $this->source;
	}

	/** Whether the admin approved what is desired now, and it is not done yet. */
	public function is_approved(): bool {
		return $this->approved === $this->generation;
	}

	/** The row as it would be if the admin approved what is desired now. What waits for another reason is not proven by that. */
	public function approved(): self {
		$is_proof = in_array( $this->hold, array( '', self::HOLD_OWNERSHIP, self::HOLD_DECLINED ), true ) && 0 !== $this->customer_id;
		return new self( ...array_replace( get_object_vars( $this ), array( 'hold' => '', 'approved' => $this->generation ), $is_proof ? array( 'proven_customer_id' => $this->customer_id ) : array() ) );
	}

	/** Whether the domain at RunCloud may be changed and removed by us. */
	public function is_owned(): bool {
		return self::OURS === $this->owner || self::ADOPTED === $this->owner;
	}

	/** Whether what RunCloud serves is not what the network wants. Only of a domain that is there. */
	public function differs(): bool {
		return self::PRESENT === $this->remote_state
			&& ( $this->www !== $this->remote_www || ( '' !== $this->remote_redirection && $this->redirection !== $this->remote_redirection ) );
	}

	/**
	 * Details in which U+FFFD stands for each byte that is no UTF-8. mb_substr() of some PHP versions would put "?" there.
	 *
	 * @param array<string, mixed> $details Arguments of a reason.
	 *
	 * @return array<string, mixed>
	 */
	private static function valid_utf8( array $details ): array {
		return (array) json_decode( (string) json_encode( $details, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR ), true );
	}

	/**
	 * The first items and letters of details, so that they fit.
	 *
	 * @param array<string, mixed> $details Arguments of a reason.
	 * @param int                  $most    Letters of a text; a list gets a twentieth of that in items.
	 *
	 * @return array<string, mixed>
	 */
	private static function shortened( array $details, int $most ): array {
		$cut = static fn( mixed $value ): mixed => is_string( $value ) ? mb_substr( $value, 0, $most ) : $value;
		return array_map(
			static fn( mixed $value ): mixed => is_array( $value ) ? array_map( $cut, array_slice( array_values( $value ), 0, max( 1, intdiv( $most, 20 ) ) ) ) : $cut( $value ),
			array_slice( $details, 0, 8, true )
		);
	}
}

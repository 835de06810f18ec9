<?php
/**
 * The command line: what there is.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Admin\Domain_View;
use Domain_Sync_For_RunCloud\Admin\Overview;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Selection;
use Domain_Sync_For_RunCloud\Store\Status;
use WP_CLI;

/**
 * Sees to the domains that Ultimate Multisite maps and RunCloud serves.
 *
 * Every command is about the whole installation, whatever --url says. What changes something at RunCloud is written down and done by the queue, under the
 * same limits as always; --wait works it in the foreground. Times are UTC. Decisions are noted in the history with the user of --user.
 *
 * ## EXAMPLES
 *
 *     # Is everything all right? The exit code says so to scripts.
 *     $ wp domain-sync status
 *
 *     # The plugin came to a network with mapped domains: see what RunCloud has, see what would be done, do it.
 *     $ wp domain-sync inventory --wait
 *     $ wp domain-sync plan
 *     $ wp domain-sync approve --all --wait
 *
 *     # What is the matter with one domain, and what can be done about it?
 *     $ wp domain-sync get shop.example.com
 */
final class Command {

	/** Commands of other classes. */
	private const OTHERS = array(
		'plan'      => Plan_Command::class,
		'approve'   => Decision_Command::class,
		'decline'   => Decision_Command::class,
		'stop'      => Plan_Command::class,
		'retry'     => Plan_Command::class,
		'inventory' => Upkeep_Command::class,
		'settings'  => Upkeep_Command::class,
		'add'       => Host_Command::class,
		'remove'    => Host_Command::class,
		'ssl'       => Host_Command::class,
		'look'      => Look_Command::class,
		'verify'    => Look_Command::class,
		'test'      => Connection_Command::class,
		'discover'  => Connection_Command::class,
		'quota'     => Traffic_Command::class,
		'pause'     => Traffic_Command::class,
		'resume'    => Traffic_Command::class,
	);

	/** Tells WP-CLI of all commands. */
	public static function register(): void {
		WP_CLI::add_command( 'domain-sync', self::class, array( 'before_invoke' => array( Context::class, 'prepare' ) ) );
		foreach ( self::OTHERS as $name => $in ) {
			WP_CLI::add_command( "domain-sync $name", array( $in, $name ) );
		}
	}

	/**
	 * Shows how everything is, and whether it needs you.
	 *
	 * Nothing is sent to RunCloud for it. The exit code is 1 when something needs somebody: nothing can be sent from here, something waits for your
	 * decision, a domain or a certificate needs somebody, RunCloud refuses the credentials, or the month's requests are spent. Each of these
	 * is a warning on standard error as well. It is 0 when time alone does the rest.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : How it is shown. In JSON and YAML the sentences of the warnings are in "needs".
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - yaml
	 *   - openmetrics
	 * ---
	 *
	 * In OpenMetrics nothing is said on standard error and the exit code is 0, so that a collector takes the numbers in any case: domain_sync_needs says
	 * how many things need somebody.
	 *
	 * ## EXAMPLES
	 *
	 *     # Have Prometheus's node exporter collect the numbers.
	 *     $ wp domain-sync status --format=openmetrics > domain-sync.prom.new && mv domain-sync.prom.new domain-sync.prom
	 *
	 *     # Have a monitor tell you.
	 *     $ wp domain-sync status --format=json > status.json || notify-admin < status.json
	 *
	 *     # How many requests have been sent this month?
	 *     $ wp domain-sync status --format=json | jq .requests.sent
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options format.
	 */
	public function status( array $args, array $options ): void {
		$overview = Overview::read();
		$is_table = 'table' === ( $options['format'] ?? 'table' );
		if ( 'openmetrics' === ( $options['format'] ?? '' ) ) {
			WP_CLI::line( rtrim( Open_Metrics::of( $overview ) ) );
			return;
		}
		Output::item( $is_table ? Overview::texts( $overview ) : $overview, $options );
		foreach ( $is_table ? $overview['needs'] : array() as $need ) {
			WP_CLI::warning( $need );
		}
		if ( $overview['needs'] ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Lists domains.
	 *
	 * Rows are printed as they are read, so that a list of 100,000 takes no more memory than one of 1,000. Conditions narrow it down; all
	 * of them have to hold.
	 *
	 * ## OPTIONS
	 *
	 * [--status=<status>]
	 * : Only domains that are so.
	 * ---
	 * options:
	 *   - ready
	 *   - pending
	 *   - action
	 *   - unknown
	 * ---
	 *
	 * [--certificate=<status>]
	 * : Only domains whose certificate is so.
	 * ---
	 * options:
	 *   - ready
	 *   - pending
	 *   - action
	 *   - unknown
	 * ---
	 *
	 * [--reason=<code>]
	 * : Only domains that are as they are for this reason, such as dns-elsewhere; with a certificate's reason, such as order-failed, those whose
	 * certificate is.
	 *
	 * [--site=<id>]
	 * : Only domains of this site.
	 *
	 * [--hold=<hold>]
	 * : Only domains that wait for your decision because of this.
	 * ---
	 * options:
	 *   - existing
	 *   - mass-removal
	 *   - other-app
	 *   - ownership
	 *   - declined
	 * ---
	 *
	 * [--field=<field>]
	 * : Only this field, one a line.
	 *
	 * [--fields=<fields>]
	 * : Only these fields, separated by commas.
	 *
	 * [--format=<format>]
	 * : How they are shown. "ids" are host names, which the other commands take.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 *   - ids
	 *   - count
	 * ---
	 *
	 * ## AVAILABLE FIELDS
	 *
	 * These fields are shown by default:
	 *
	 * * host
	 * * site_id
	 * * status
	 * * reason
	 * * certificate
	 * * certificate_reason
	 * * hold
	 *
	 * These are available as well:
	 *
	 * * label: the reason in a few words
	 * * sentence: what is the matter
	 * * next_step: what somebody can do about it
	 * * since: since when it is so
	 * * certificate_until
	 * * source: who wants the host: record, site, code; empty when nobody does
	 * * owner: ours, adopted or others
	 * * remote_state: present, absent or unknown at RunCloud
	 * * remote_id
	 * * due_at: when the next step at RunCloud is due
	 * * look_at: when the next look is due
	 *
	 * ## EXAMPLES
	 *
	 *     # What needs somebody, and what is to be done about it?
	 *     $ wp domain-sync list --status=action --fields=host,sentence,next_step
	 *
	 *     # How many domains have DNS that points elsewhere?
	 *     $ wp domain-sync list --reason=dns-elsewhere --format=count
	 *
	 *     # Try again what RunCloud refused.
	 *     $ wp domain-sync retry $(wp domain-sync list --reason=refused --format=ids)
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options Conditions, field, fields, format.
	 */
	public function list( array $args, array $options ): void {
		$wanted = array();
		foreach ( array( 'status', 'certificate' ) as $which ) {
			if ( isset( $options[ $which ] ) ) {
				$wanted[ $which ] = Status::tryFrom( (string) $options[ $which ] );
			}
		}
		if ( isset( $options['reason'] ) ) {
			$wanted['reason'] = Reason::tryFrom( (string) $options['reason'] );
			if ( null === $wanted['reason'] ) {
				/* translators: %s: what was given. */
				WP_CLI::error( sprintf( __( 'There is no reason "%s"; "wp domain-sync list" shows the codes of those there are.', 'domain-sync-for-runcloud' ), $options['reason'] ) );
			}
		}
		if ( isset( $options['site'] ) ) {
			if ( ! ctype_digit( (string) $options['site'] ) ) {
				/* translators: %s: what was given. */
				WP_CLI::error( sprintf( __( '"%s" is no id of a site; "wp site list" shows them.', 'domain-sync-for-runcloud' ), $options['site'] ) );
			}
			$wanted['site_id'] = (int) $options['site'];
		}
		if ( isset( $options['hold'] ) ) {
			$wanted['hold'] = (string) $options['hold'];
		}
		Output::rows( Selection::of( $wanted ), self::columns(), array( 'host', 'site_id', 'status', 'reason', 'certificate', 'certificate_reason', 'hold' ), $options );
	}

	/**
	 * Shows all that is known of one domain.
	 *
	 * How the domain and its certificate are, each as a code, a sentence and what you can do; what the plan says of it; what the network wants; what
	 * RunCloud has, as far as anybody looked; and what happened in the last 90 days.
	 *
	 * ## OPTIONS
	 *
	 * <host>
	 * : Its host name, in Unicode or ASCII.
	 *
	 * [--format=<format>]
	 * : How it is shown.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync get shop.example.com
	 *
	 *     # Only what can be done about it.
	 *     $ wp domain-sync get shop.example.com --format=json | jq -r .domain.next_step
	 *
	 * @param array<string>        $args    The host.
	 * @param array<string, mixed> $options format.
	 */
	public function get( array $args, array $options ): void {
		$host = Network::row_host_of( $args[0] );
		if ( '' === $host ) {
			WP_CLI::error( Context::no_host( $args[0] ) );
		}
		$row = Domain_List::find( $host );
		if ( null === $row ) {
			/* translators: %s: host name. */
			WP_CLI::error( sprintf( __( 'Nobody knows "%s" here: it is not mapped in this network, and not at RunCloud as far as its list was read.', 'domain-sync-for-runcloud' ), $host ) );
		}
		$details = Domain_View::of( $row );
		$history = $details['history'];
		if ( 'table' !== ( $options['format'] ?? 'table' ) ) {
			Output::item( $details, $options );
			return;
		}
		Output::item( array_diff_key( $details, array( 'history' => 0 ) ), $options );
		if ( $history ) {
			WP_CLI::line( '' );
			$column = static fn( string $name ): callable => static fn( array $event ): mixed => $event[ $name ];
			$fields = array( 'at', 'kind', 'via', 'user_id', 'sentence' );
			Output::rows( $history, array_combine( $fields, array_map( $column, $fields ) ), $fields, array() );
		}
	}

	/**
	 * The columns of a list.
	 *
	 * @return array<string, callable( Domain ): mixed>
	 */
	private static function columns(): array {
		return array(
			'host'               => static fn( Domain $row ): string => $row->host,
			'site_id'            => static fn( Domain $row ): int => $row->site_id,
			'status'             => static fn( Domain $row ): string => $row->domain_status->value,
			'reason'             => static fn( Domain $row ): string => (string) $row->domain_reason?->value,
			'certificate'        => static fn( Domain $row ): string => $row->certificate_status->value,
			'certificate_reason' => static fn( Domain $row ): string => (string) $row->certificate_reason?->value,
			'hold'               => static fn( Domain $row ): string => $row->hold,
			'label'              => static fn( Domain $row ): string => (string) $row->domain_reason?->label(),
			'sentence'           => static fn( Domain $row ): string => (string) $row->domain_reason?->sentence( $row->domain_details ),
			'next_step'          => static fn( Domain $row ): string => (string) $row->domain_reason?->next_step( $row->domain_details ),
			'since'              => static fn( Domain $row ): string => Overview::time( $row->domain_since ),
			'certificate_until'  => static fn( Domain $row ): string => Overview::time( $row->certificate_until ),
			'source'             => static fn( Domain $row ): string => implode( ',', $row->source ),
			'owner'              => static fn( Domain $row ): string => $row->owner,
			'remote_state'       => static fn( Domain $row ): string => $row->remote_state,
			'remote_id'          => static fn( Domain $row ): int => $row->remote_id,
			'due_at'             => static fn( Domain $row ): string => Overview::time( $row->due_at ),
			'look_at'            => static fn( Domain $row ): string => Overview::time( $row->look_at ),
		);
	}
}

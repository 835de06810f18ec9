<?php
/** The actions of the current site's queue, and the claims that processes have on them. */

class ActionScheduler_Store {

	const STATUS_COMPLETE = 'complete';
	const STATUS_PENDING  = 'pending';
	const STATUS_RUNNING  = 'in-progress';
	const STATUS_FAILED   = 'failed';
	const STATUS_CANCELED = 'canceled';

	private const MAX_ARGS = 8000;

	private const CLAIM_ORDER = 'priority, attempts, scheduled_date_gmt, action_id';

	private const QUERY = array(
		'hook'             => '',
		'args'             => null,
		'date'             => null,
		'date_compare'     => '<=',
		'modified'         => null,
		'modified_compare' => '<=',
		'group'            => '',
		'status'           => '',
		'claimed'          => null,
		'per_page'         => 5,
		'offset'           => 0,
		'orderby'          => 'date',
		'order'            => 'ASC',
	);

	private static ?ActionScheduler_Store $instance = null;

	public static function instance(): ActionScheduler_Store {
		self::$instance ??= new self();
		return self::$instance;
	}

	/**
	 * Id of the new action; 0 when it is to be unique and is not.
	 *
	 * @throws RuntimeException When it cannot be written down.
	 */
	public function save_action( ActionScheduler_Action $action, bool $unique = false ): int {
		global $wpdb;
		$args = wp_json_encode( $action->get_args() );
		if ( strlen( $args ) > self::MAX_ARGS ) {
			throw new RuntimeException( 'The arguments are too long.' );
		}
		$schedule = $action->get_schedule();
		$date     = $schedule->get_date() ?? as_get_datetime_object();
		$group_id = $this->group_id( $action->get_group() );
		$sql      = $wpdb->prepare(
			"INSERT INTO {$wpdb->actionscheduler_actions} (hook, status, scheduled_date_gmt, priority, args, schedule, group_id) SELECT %s, %s, %s, %d, %s, %s, %d FROM DUAL",
			$action->get_hook(),
			self::STATUS_PENDING,
			$date->setTimezone( new DateTimeZone( 'UTC' ) )->format( 'Y-m-d H:i:s' ),
			$action->get_priority(),
			$args,
			self::describe( $schedule ),
			$group_id
		);
		if ( $unique ) {
			$sql .= $wpdb->prepare(
				" WHERE NOT EXISTS (SELECT 1 FROM {$wpdb->actionscheduler_actions} WHERE hook = %s AND group_id = %d AND status IN (%s, %s))",
				$action->get_hook(),
				$group_id,
				self::STATUS_PENDING,
				self::STATUS_RUNNING
			);
		}
		$written = $wpdb->query( $sql );
		if ( false === $written ) {
			throw new RuntimeException( $wpdb->last_error );
		}
		if ( 0 === $written ) {
			return 0;
		}
		$action_id = (int) $wpdb->insert_id;
		do_action( 'action_scheduler_stored_action', $action_id );
		return $action_id;
	}

	/**
	 * Ids of the actions that the query is for, as the database gives them: strings.
	 *
	 * @throws LogicException When the query asks for what this double does not know.
	 */
	public function query_actions( array $query = array() ): array {
		global $wpdb;
		$unknown = array_diff_key( $query, self::QUERY );
		if ( $unknown ) {
			throw new LogicException( 'The double of the queue cannot look for: ' . implode( ', ', array_keys( $unknown ) ) );
		}
		$query += self::QUERY;
		$where  = array_merge( array( '1 = 1' ), $this->conditions( $query ), $this->dates( $query ) );
		$sql    = "SELECT action_id FROM {$wpdb->actionscheduler_actions} LEFT JOIN {$wpdb->actionscheduler_groups} USING (group_id) WHERE " . implode( ' AND ', $where );
		$order  = 'ASC' === strtoupper( $query['order'] ) ? 'ASC' : 'DESC';
		$column = array(
			'none'      => '',
			'hook'      => 'hook',
			'group'     => 'slug',
			'modified'  => 'last_attempt_gmt',
			'action_id' => 'action_id',
		)[ $query['orderby'] ] ?? 'scheduled_date_gmt';
		if ( $column ) {
			$sql .= " ORDER BY $column $order";
		}
		if ( $query['per_page'] > 0 ) {
			$sql .= $wpdb->prepare( ' LIMIT %d OFFSET %d', $query['per_page'], $query['offset'] );
		}
		return $wpdb->get_col( $sql );
	}

	/** Id of the first action that the query is for, or null. */
	public function query_action( array $query ): ?string {
		return $this->query_actions( array( 'per_page' => 1 ) + $query )[0] ?? null;
	}

	public function fetch_action( $action_id ): ActionScheduler_Action {
		global $wpdb;
		$row = $wpdb->get_row(
			$wpdb->prepare( "SELECT * FROM {$wpdb->actionscheduler_actions} LEFT JOIN {$wpdb->actionscheduler_groups} USING (group_id) WHERE action_id = %d", $action_id )
		);
		if ( ! $row ) {
			return new ActionScheduler_NullAction();
		}
		$class = array(
			self::STATUS_PENDING  => ActionScheduler_Action::class,
			self::STATUS_CANCELED => ActionScheduler_CanceledAction::class,
		)[ $row->status ] ?? ActionScheduler_FinishedAction::class;
		return new $class( $row->hook, json_decode( $row->args, true ), self::schedule( $row ), (string) $row->slug, (int) $row->priority );
	}

	/** @throws InvalidArgumentException When there is no such action. */
	public function get_status( $action_id ) {
		return $this->value( 'status', (int) $action_id ) ?? throw new InvalidArgumentException( "There is no action $action_id." );
	}

	public function get_claim_id( $action_id ) {
		return (int) $this->value( 'claim_id', (int) $action_id );
	}

	public function cancel_action( $action_id ): void {
		$this->change( (int) $action_id, array( 'status' => self::STATUS_CANCELED ) );
		do_action( 'action_scheduler_canceled_action', $action_id );
	}

	/** Cancels whatever waits of a hook or of a group. */
	public function cancel_waiting( array $query ): void {
		$waiting = array(
			'status'   => self::STATUS_PENDING,
			'per_page' => -1,
		);
		$ids     = $this->query_actions( $query + $waiting );
		foreach ( $ids as $action_id ) {
			$this->change( (int) $action_id, array( 'status' => self::STATUS_CANCELED ) );
		}
		if ( $ids ) {
			do_action( 'action_scheduler_bulk_cancel_actions', $ids );
		}
	}

	/** @throws InvalidArgumentException When there is no such action. */
	public function delete_action( $action_id ): void {
		global $wpdb;
		if ( ! $wpdb->delete( $wpdb->actionscheduler_actions, array( 'action_id' => $action_id ) ) ) {
			throw new InvalidArgumentException( "There is no action $action_id to delete." );
		}
		do_action( 'action_scheduler_deleted_action', $action_id );
	}

	/** @throws Exception When there is no such action. */
	public function log_execution( $action_id ): void {
		global $wpdb;
		$sql = "UPDATE {$wpdb->actionscheduler_actions} SET status = %s, attempts = attempts + 1, last_attempt_gmt = %s WHERE action_id = %d";
		if ( ! $wpdb->query( $wpdb->prepare( $sql, self::STATUS_RUNNING, self::now(), $action_id ) ) ) {
			throw new Exception( "Action $action_id cannot begin." );
		}
	}

	/** Whatever the action was marked as meanwhile. @throws InvalidArgumentException When there is no such action. */
	public function mark_complete( $action_id ): void {
		$values = array(
			'status'           => self::STATUS_COMPLETE,
			'last_attempt_gmt' => self::now(),
		);
		if ( ! $this->change( (int) $action_id, $values ) ) {
			throw new InvalidArgumentException( "There is no action $action_id that could be complete." );
		}
		do_action( 'action_scheduler_completed_action', $action_id );
	}

	/** @throws InvalidArgumentException When there is no such action, or it has failed already. */
	public function mark_failure( $action_id ): void {
		if ( ! $this->change( (int) $action_id, array( 'status' => self::STATUS_FAILED ) ) ) {
			throw new InvalidArgumentException( "There is no action $action_id that could fail." );
		}
	}

	/** A new claim on what is due, at most so many actions. Its id; what it holds says find_actions_by_claim_id(). */
	public function stake_claim( int $max_actions = 10 ): int {
		global $wpdb;
		$wpdb->insert( $wpdb->actionscheduler_claims, array( 'date_created_gmt' => self::now() ) );
		$claim_id = (int) $wpdb->insert_id;
		// The age of a claim is that of its actions' last attempts. Rows that another process holds locked are left to it.
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE {$wpdb->actionscheduler_actions} SET claim_id = %d, last_attempt_gmt = %s WHERE action_id IN (SELECT action_id FROM (
					SELECT action_id FROM {$wpdb->actionscheduler_actions} WHERE claim_id = 0 AND status = %s AND scheduled_date_gmt <= %s
					ORDER BY " . self::CLAIM_ORDER . ' LIMIT %d FOR UPDATE SKIP LOCKED
				) AS due)',
				$claim_id,
				self::now(),
				self::STATUS_PENDING,
				self::now(),
				$max_actions
			)
		);
		return $claim_id;
	}

	/** @return int[] In the order in which they are to run. */
	public function find_actions_by_claim_id( $claim_id ): array {
		global $wpdb;
		$sql = "SELECT action_id FROM {$wpdb->actionscheduler_actions} WHERE claim_id = %d AND scheduled_date_gmt <= %s ORDER BY " . self::CLAIM_ORDER;
		return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $sql, $claim_id, self::now() ) ) );
	}

	/** What has not begun is free again; what has keeps the number of its claim. */
	public function release_claim( int $claim_id ): void {
		global $wpdb;
		$pending = array(
			'status'   => self::STATUS_PENDING,
			'claimed'  => $claim_id,
			'per_page' => -1,
		);
		array_map( array( $this, 'unclaim_action' ), $this->query_actions( $pending ) );
		$wpdb->delete( $wpdb->actionscheduler_claims, array( 'claim_id' => $claim_id ) );
	}

	public function unclaim_action( $action_id ): void {
		$this->change( (int) $action_id, array( 'claim_id' => 0 ) );
	}

	/** Claims that hold something which waits or runs. */
	public function get_claim_count() {
		global $wpdb;
		$sql = "SELECT COUNT(DISTINCT claim_id) FROM {$wpdb->actionscheduler_actions} WHERE claim_id <> 0 AND status IN (%s, %s)";
		return (int) $wpdb->get_var( $wpdb->prepare( $sql, self::STATUS_PENDING, self::STATUS_RUNNING ) );
	}

	/** @return string[] */
	private function conditions( array $query ): array {
		global $wpdb;
		$where = array();
		if ( $query['hook'] ) {
			$where[] = $wpdb->prepare( 'hook = %s', $query['hook'] );
		}
		if ( $query['group'] ) {
			$where[] = $wpdb->prepare( 'slug = %s', $query['group'] );
		}
		if ( null !== $query['args'] ) {
			$where[] = $wpdb->prepare( 'args = %s', wp_json_encode( $query['args'] ) );
		}
		if ( $query['status'] ) {
			$where[] = 'status IN (' . implode( ',', array_map( static fn( $status ) => $wpdb->prepare( '%s', $status ), (array) $query['status'] ) ) . ')';
		}
		if ( is_bool( $query['claimed'] ) ) {
			$where[] = $query['claimed'] ? 'claim_id <> 0' : 'claim_id = 0';
		} elseif ( null !== $query['claimed'] ) {
			$where[] = $wpdb->prepare( 'claim_id = %d', $query['claimed'] );
		}
		return $where;
	}

	/** Only what is a DateTime by now counts. @return string[] */
	private function dates( array $query ): array {
		global $wpdb;
		$where   = array();
		$columns = array(
			'date'     => 'scheduled_date_gmt',
			'modified' => 'last_attempt_gmt',
		);
		foreach ( $columns as $key => $column ) {
			if ( $query[ $key ] instanceof DateTime ) {
				$compare = $query[ "{$key}_compare" ];
				$compare = in_array( $compare, array( '!=', '>', '>=', '<', '<=', '=' ), true ) ? $compare : '=';
				$date    = ( clone $query[ $key ] )->setTimezone( new DateTimeZone( 'UTC' ) )->format( 'Y-m-d H:i:s' );
				$where[] = $wpdb->prepare( "$column $compare %s", $date );
			}
		}
		return $where;
	}

	private function group_id( string $slug ): int {
		global $wpdb;
		$group_id = (int) $wpdb->get_var( $wpdb->prepare( "SELECT group_id FROM {$wpdb->actionscheduler_groups} WHERE slug = %s", $slug ) );
		if ( ! $group_id ) {
			$wpdb->insert( $wpdb->actionscheduler_groups, array( 'slug' => $slug ) );
			$group_id = (int) $wpdb->insert_id;
		}
		return $group_id;
	}

	private function value( string $column, int $action_id ): ?string {
		global $wpdb;
		return $wpdb->get_var( $wpdb->prepare( "SELECT $column FROM {$wpdb->actionscheduler_actions} WHERE action_id = %d", $action_id ) );
	}

	/** Whether anything changed. */
	private function change( int $action_id, array $values ): bool {
		global $wpdb;
		return (bool) $wpdb->update( $wpdb->actionscheduler_actions, $values, array( 'action_id' => $action_id ) );
	}

	private static function describe( ActionScheduler_Schedule $schedule ): string {
		if ( $schedule->is_recurring() ) {
			return 'every ' . $schedule->get_recurrence();
		}
		return $schedule->get_date() ? 'once' : '';
	}

	private static function schedule( object $row ): ActionScheduler_Schedule {
		if ( '' === $row->schedule ) {
			return new ActionScheduler_NullSchedule();
		}
		$date = as_get_datetime_object( $row->scheduled_date_gmt );
		return 'once' === $row->schedule
			? new ActionScheduler_SimpleSchedule( $date )
			: new ActionScheduler_IntervalSchedule( $date, (int) substr( $row->schedule, strlen( 'every ' ) ) );
	}

	private static function now(): string {
		return gmdate( 'Y-m-d H:i:s' );
	}
}

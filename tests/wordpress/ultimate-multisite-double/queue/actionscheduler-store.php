<?php
/** The table of actions of the current site. */

class ActionScheduler_Store {

	const STATUS_COMPLETE = 'complete';
	const STATUS_PENDING  = 'pending';
	const STATUS_RUNNING  = 'in-progress';
	const STATUS_FAILED   = 'failed';
	const STATUS_CANCELED = 'canceled';

	private static ?ActionScheduler_Store $instance = null;

	public static function instance(): ActionScheduler_Store {
		self::$instance ??= new self();
		return self::$instance;
	}

	public function init(): void {
		global $wpdb;
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS {$this->table()} (
				action_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
				hook varchar(191) NOT NULL,
				status varchar(20) NOT NULL,
				scheduled_date_gmt datetime NOT NULL,
				priority tinyint unsigned NOT NULL DEFAULT 10,
				args varchar(8000) NOT NULL,
				group_slug varchar(191) NOT NULL DEFAULT '',
				recurrence int unsigned NOT NULL DEFAULT 0,
				attempts int unsigned NOT NULL DEFAULT 0,
				last_attempt_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
				claim_id bigint unsigned NOT NULL DEFAULT 0,
				claimed_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
				KEY due (status, claim_id, scheduled_date_gmt)
			) {$wpdb->get_charset_collate()}"
		);
	}

	/** A zero time means at once. Answers 0 when the action is to be unique and is not. */
	public function save( string $hook, array $args, string $group, int $when, int $recurrence, bool $unique, int $priority ): int {
		global $wpdb;
		$row = array( $hook, self::STATUS_PENDING, $when ? gmdate( 'Y-m-d H:i:s', $when ) : '0000-00-00 00:00:00', $priority, wp_json_encode( $args ), $group, $recurrence );
		$sql = $wpdb->prepare(
			"INSERT INTO {$this->table()} (hook, status, scheduled_date_gmt, priority, args, group_slug, recurrence) SELECT %s, %s, %s, %d, %s, %s, %d FROM DUAL",
			$row
		);
		if ( $unique ) {
			$sql .= $wpdb->prepare(
				" WHERE NOT EXISTS (SELECT 1 FROM {$this->table()} WHERE hook = %s AND group_slug = %s AND status IN ('pending', 'in-progress'))",
				$hook,
				$group
			);
		}
		return $wpdb->query( $sql ) ? (int) $wpdb->insert_id : 0;
	}

	/** @return array[] Rows, the soonest first. */
	public function find( array $query ): array {
		global $wpdb;
		$where = array( '1 = 1' );
		if ( ! empty( $query['hook'] ) ) {
			$where[] = $wpdb->prepare( 'hook = %s', $query['hook'] );
		}
		if ( isset( $query['args'] ) ) {
			$where[] = $wpdb->prepare( 'args = %s', wp_json_encode( $query['args'] ) );
		}
		if ( ! empty( $query['group'] ) ) {
			$where[] = $wpdb->prepare( 'group_slug = %s', $query['group'] );
		}
		if ( ! empty( $query['status'] ) ) {
			$where[] = 'status IN (' . implode( ',', array_map( static fn( $status ) => $wpdb->prepare( '%s', $status ), (array) $query['status'] ) ) . ')';
		}
		if ( isset( $query['date'] ) ) {
			$compare = in_array( $query['date_compare'] ?? '<=', array( '<', '<=', '>', '>=', '=' ), true ) ? $query['date_compare'] ?? '<=' : '<=';
			$where[] = $wpdb->prepare( "scheduled_date_gmt $compare %s", as_get_datetime_object( $query['date'] )->format( 'Y-m-d H:i:s' ) );
		}
		$limit = $query['per_page'] ?? 5;
		$order = 'DESC' === strtoupper( $query['order'] ?? 'ASC' ) ? 'DESC' : 'ASC';
		$sql   = "SELECT * FROM {$this->table()} WHERE " . implode( ' AND ', $where ) . " ORDER BY scheduled_date_gmt $order, action_id $order";
		if ( $limit > 0 ) {
			$sql .= $wpdb->prepare( ' LIMIT %d OFFSET %d', $limit, $query['offset'] ?? 0 );
		}
		return $wpdb->get_results( $sql, ARRAY_A );
	}

	public function row( int $action_id ): ?array {
		global $wpdb;
		return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$this->table()} WHERE action_id = %d", $action_id ), ARRAY_A );
	}

	public function fetch_action( $action_id ): ?ActionScheduler_Action {
		$row = $this->row( (int) $action_id );
		return $row ? new ActionScheduler_Action( $row ) : null;
	}

	public function get_status( $action_id ) {
		return $this->row( (int) $action_id )['status'] ?? '';
	}

	public function cancel_action( $action_id ): void {
		$this->change( (int) $action_id, array( 'status' => self::STATUS_CANCELED ) );
	}

	public function mark_complete( $action_id ): void {
		$this->change( (int) $action_id, array( 'status' => self::STATUS_COMPLETE ) );
	}

	public function mark_failure( $action_id ): void {
		$this->change( (int) $action_id, array( 'status' => self::STATUS_FAILED ) );
	}

	public function log_execution( $action_id ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE {$this->table()} SET status = 'in-progress', attempts = attempts + 1, last_attempt_gmt = UTC_TIMESTAMP() WHERE action_id = %d",
				$action_id
			)
		);
	}

	/** @return int[] The actions that now belong to the claim. */
	public function stake_claim( int $claim_id, int $size ): array {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE {$this->table()} SET claim_id = %d, claimed_gmt = UTC_TIMESTAMP() WHERE status = 'pending' AND claim_id = 0
				AND scheduled_date_gmt <= UTC_TIMESTAMP() ORDER BY priority, attempts, scheduled_date_gmt, action_id LIMIT %d",
				$claim_id,
				$size
			)
		);
		return $wpdb->get_col(
			$wpdb->prepare( "SELECT action_id FROM {$this->table()} WHERE claim_id = %d ORDER BY priority, attempts, scheduled_date_gmt, action_id", $claim_id )
		);
	}

	public function release_claim( int $claim_id ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( "UPDATE {$this->table()} SET claim_id = 0 WHERE claim_id = %d AND status = 'pending'", $claim_id ) );
	}

	public function get_claim_count() {
		global $wpdb;
		return (int) $wpdb->get_var( "SELECT COUNT(DISTINCT claim_id) FROM {$this->table()} WHERE claim_id <> 0 AND status IN ('pending', 'in-progress')" );
	}

	/** Claims and actions of a process that is gone are given up after five minutes: waiting ones are free again, begun ones have failed. */
	public function give_up_old( int $seconds ): array {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE {$this->table()} SET claim_id = 0 WHERE claim_id <> 0 AND status = 'pending' AND claimed_gmt < UTC_TIMESTAMP() - INTERVAL %d SECOND",
				$seconds
			)
		);
		return $wpdb->get_col(
			$wpdb->prepare(
				"SELECT action_id FROM {$this->table()} WHERE status = 'in-progress' AND last_attempt_gmt < UTC_TIMESTAMP() - INTERVAL %d SECOND",
				$seconds
			)
		);
	}

	private function change( int $action_id, array $values ): void {
		global $wpdb;
		$wpdb->update( $this->table(), $values, array( 'action_id' => $action_id ) );
	}

	private function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'actionscheduler_actions';
	}
}

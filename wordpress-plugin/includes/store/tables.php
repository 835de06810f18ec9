<?php
/**
 * The tables: their columns and keys, in their order. What is new is added at the end of its list, with a default, and raises
 * Table::VERSION.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

return array(
	'columns' => array(
		'domains' => array(
			'id'                   => 'bigint unsigned NOT NULL AUTO_INCREMENT',
			'host'                 => 'varchar(253) NOT NULL',
			'site_id'              => 'bigint unsigned NOT NULL DEFAULT 0',
			'customer_id'          => 'bigint unsigned NOT NULL DEFAULT 0',
			'source'               => "set('record','site','code') NOT NULL DEFAULT ''",
			'suspended'            => 'tinyint unsigned NOT NULL DEFAULT 0',
			'www'                  => 'tinyint unsigned NOT NULL DEFAULT 0',
			'redirection'          => "varchar(8) NOT NULL DEFAULT 'none'",
			'desired_since'        => 'datetime DEFAULT NULL',
			'generation'           => 'bigint unsigned NOT NULL DEFAULT 1',
			'hold'                 => "varchar(16) NOT NULL DEFAULT ''",
			'approved'             => 'bigint unsigned NOT NULL DEFAULT 0',
			'owner'                => "varchar(8) NOT NULL DEFAULT ''",
			'last_customer_id'     => 'bigint unsigned NOT NULL DEFAULT 0',
			'left_at'              => 'datetime DEFAULT NULL',
			'proven_customer_id'   => 'bigint unsigned NOT NULL DEFAULT 0',
			'web_app'              => 'bigint unsigned NOT NULL DEFAULT 0',
			'remote_id'            => 'bigint unsigned NOT NULL DEFAULT 0',
			'remote_type'          => "varchar(16) NOT NULL DEFAULT ''",
			'remote_www'           => 'tinyint unsigned NOT NULL DEFAULT 0',
			'remote_redirection'   => "varchar(8) NOT NULL DEFAULT ''",
			'remote_wildcard'      => 'tinyint unsigned NOT NULL DEFAULT 0',
			'remote_state'         => "varchar(8) NOT NULL DEFAULT 'unknown'",
			'remote_key'           => "varchar(16) NOT NULL DEFAULT ''",
			'remote_seen_at'       => 'datetime DEFAULT NULL',
			'inventory'            => 'bigint unsigned NOT NULL DEFAULT 0',
			'asked'                => "varchar(8) NOT NULL DEFAULT ''",
			'asked_at'             => 'datetime DEFAULT NULL',
			'ordered_at'           => 'datetime DEFAULT NULL',
			'order_set'            => "varchar(64) NOT NULL DEFAULT ''",
			'domain_status'        => "varchar(8) NOT NULL DEFAULT 'pending'",
			'domain_reason'        => "varchar(32) NOT NULL DEFAULT ''",
			'domain_since'         => 'datetime DEFAULT NULL',
			'certificate_status'   => "varchar(8) NOT NULL DEFAULT 'pending'",
			'certificate_reason'   => "varchar(32) NOT NULL DEFAULT ''",
			'certificate_since'    => 'datetime DEFAULT NULL',
			'certificate_id'       => 'bigint unsigned NOT NULL DEFAULT 0',
			'certificate_from'     => 'datetime DEFAULT NULL',
			'certificate_until'    => 'datetime DEFAULT NULL',
			'certificate_serial'   => "varchar(64) NOT NULL DEFAULT ''",
			'dns_since'            => 'datetime DEFAULT NULL',
			'details'              => "varchar(2048) NOT NULL DEFAULT ''",
			'due_at'               => 'datetime DEFAULT NULL',
			'look_at'              => 'datetime DEFAULT NULL',
			'attempts'             => 'int unsigned NOT NULL DEFAULT 0',
			'unfinished'           => 'tinyint unsigned NOT NULL DEFAULT 0',
			'failing_since'        => 'datetime DEFAULT NULL',
			'claim'                => "varchar(32) NOT NULL DEFAULT ''",
			'claimed_until'        => 'datetime DEFAULT NULL',
			'changed_at'           => 'datetime DEFAULT NULL',
			'withheld'             => 'tinyint unsigned NOT NULL DEFAULT 0',
		),
		'events'  => array(
			'id'        => 'bigint unsigned NOT NULL AUTO_INCREMENT',
			'host'      => 'varchar(253) NOT NULL',
			'scope'     => "varchar(253) NOT NULL DEFAULT ''",
			'kind'      => 'varchar(32) NOT NULL',
			'order_set' => "varchar(64) NOT NULL DEFAULT ''",
			'details'   => "varchar(2048) NOT NULL DEFAULT ''",
			'actor'     => 'bigint unsigned NOT NULL DEFAULT 0',
			'at'        => 'datetime NOT NULL',
			'via'       => "varchar(8) NOT NULL DEFAULT ''",
		),
	),
	'keys'    => array(
		'domains' => array(
			'PRIMARY'           => 'PRIMARY KEY (id)',
			'host'              => 'UNIQUE KEY host (host)',
			'due'               => 'KEY due (due_at)',
			'look'              => 'KEY look (look_at)',
			'site'              => 'KEY site (site_id,host)',
			'domain_state'      => 'KEY domain_state (domain_status,host)',
			'domain_reason'     => 'KEY domain_reason (domain_status,domain_reason)',
			'domain_since'      => 'KEY domain_since (domain_status,domain_since)',
			'certificate_state' => 'KEY certificate_state (certificate_status,certificate_until)',
			'approved'          => 'KEY approved (approved,due_at)',
			'hold'              => 'KEY hold (hold,host)',
			'inventory'         => 'KEY inventory (web_app,remote_state,inventory)',
		),
		'events'  => array(
			'PRIMARY'  => 'PRIMARY KEY (id)',
			'host'     => 'KEY host (host,at)',
			'kind'     => 'KEY kind (kind,scope,at)',
			'kind_set' => 'KEY kind_set (kind,order_set,at)',
			'age'      => 'KEY age (at)',
		),
	),
);

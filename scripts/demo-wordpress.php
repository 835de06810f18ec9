<?php

/**
 * One errand in the demo's WordPress: php demo-wordpress.php SITE-FOLDER ERRAND [ARGUMENT...]; its answer as JSON.
 */

declare(strict_types=1);

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Status;

if ($argc < 3 || !is_file("{$argv[1]}/wp-load.php")) {
    fwrite(STDERR, "Usage: php demo-wordpress.php SITE-FOLDER ERRAND [ARGUMENT...]\n");
    exit(2);
}
[, $folder, $errand] = $argv;
$facts = json_decode(file_get_contents(dirname($folder) . '/environment.json'), true);
$_SERVER = ['HTTP_HOST' => $facts['network_domain'], 'SERVER_NAME' => $facts['network_domain'], 'REQUEST_URI' => '/',
    'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1'] + $_SERVER;
require "{$folder}/wp-load.php";
require ABSPATH . 'wp-admin/includes/plugin.php';
require __DIR__ . '/../tests/wordpress/support/mu-plugins/test-clock.php';

$answer = match ($errand) {
    'about' => [
        'wordpress' => get_bloginfo('version'),
        'database' => $GLOBALS['wpdb']->db_server_info(),
        'um' => get_plugin_data(WP_PLUGIN_DIR . '/ultimate-multisite/ultimate-multisite.php', false, false),
        'plugin' => get_plugin_data(WP_PLUGIN_DIR . '/domain-sync-for-runcloud/domain-sync-for-runcloud.php', false, false),
        'extension' => phpversion('runcloud'),
    ],
    'new-site' => wpmu_create_blog($argv[3], '/', 'A customer\'s shop', 1),
    'map' => wu_create_domain(['domain' => $argv[3], 'blog_id' => (int) $argv[4], 'active' => true, 'primary_domain' => false,
        'secure' => false, 'stage' => 'checking-dns'])->get_id(),
    'rename' => (static function () use ($argv) {
        $domain = wu_get_domain_by_domain($argv[3]);
        $domain->set_domain($argv[4]);

        return $domain->save();
    })(),
    'unmap' => wu_get_domain_by_domain($argv[3])->delete(),
    'queue-is-due' => (static function () {
        wp_clear_scheduled_hook('action_scheduler_run_queue', ['WP Cron']);
        wp_schedule_event(time() - 1, 'every_minute', 'action_scheduler_run_queue', ['WP Cron']);
        delete_transient('doing_cron');

        return (int) get_network_option(null, 'demo_queue_runs');
    })(),
    'queue-runs' => (int) get_network_option(null, 'demo_queue_runs'),
    'skip' => test_clock_let_time_pass((int) $argv[3]),
    'end' => update_network_option(null, 'demo_is_over', 1),
    'table' => array_map(
        static fn (Domain $row) => [
            'host' => $row->host,
            'domain' => $row->domain_reason?->label() ?? $row->domain_status->value,
            'certificate' => $row->certificate_reason?->label() ?? $row->certificate_status->value,
            'pending' => in_array(Status::Pending, [$row->domain_status, $row->certificate_status], true),
        ],
        // What others made at RunCloud and nobody wants was only seen.
        array_values(array_filter(Domain_List::page(), static fn ($row): bool => $row->is_wanted() || $row->is_owned()))
    ),
};
echo json_encode($answer, JSON_THROW_ON_ERROR);

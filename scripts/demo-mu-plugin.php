<?php

/**
 * Counts the turns of the queue, so that the demo sees when one is over. When the demo is over nobody plays the Internet any more, and
 * no public DNS points here.
 */

add_action('action_scheduler_after_process_queue', static function () {
    update_network_option(null, 'demo_queue_runs', 1 + (int) get_network_option(null, 'demo_queue_runs'));
});
if (get_network_option(null, 'demo_is_over')) {
    add_filter('wu_domain_has_correct_dns', '__return_true');
    add_filter('domain_sync_dns_points_here', '__return_true');
}

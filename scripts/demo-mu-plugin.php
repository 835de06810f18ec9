<?php

/**
 * What the demo cannot wait for: no public DNS points here, and a minute is long for one who watches.
 */

add_filter('wu_domain_has_correct_dns', '__return_true');
add_filter('domain_sync_dns_points_here', '__return_true');
add_filter('domain_sync_certificate_delay', static fn () => 0);

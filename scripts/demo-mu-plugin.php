<?php

/**
 * What the demo cannot wait for: no public DNS points here, and a minute is long for one who watches.
 */

add_filter('wu_domain_has_correct_dns', '__return_true');
add_filter('runcloud_host_resolves', '__return_true');
add_filter('runcloud_redeploy_delay', static fn () => 0);

<?php

define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', 'wordpress');
define('DB_HOST', 'localhost');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('AUTH_KEY', 'a fixed phrase is enough here');
define('AUTH_SALT', 'and a second one');
define('DISABLE_WP_CRON', true);
define('FS_METHOD', 'direct');
define('WP_DEFAULT_THEME', 'twentytwentythree');
if ('single' !== getenv('RUNCLOUD_WORDPRESS_STAGE')) {
    define('WP_ALLOW_MULTISITE', true);
    define('MULTISITE', true);
    define('SUBDOMAIN_INSTALL', true);
    define('DOMAIN_CURRENT_SITE', 'network.example');
    define('PATH_CURRENT_SITE', '/');
    define('SITE_ID_CURRENT_SITE', 1);
    define('BLOG_ID_CURRENT_SITE', 1);
    define('SUNRISE', true);
}
$table_prefix = 'wp_';

/* That's all, stop editing! Happy publishing. */
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';

<?php
/**
 * Plugin Name: No mail
 * Description: The environment sends no mail.
 */

add_filter( 'pre_wp_mail', '__return_true', 1 );

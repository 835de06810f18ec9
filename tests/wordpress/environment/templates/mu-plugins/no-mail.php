<?php
/**
 * Plugin Name: No mail
 * Description: The environment sends no mail.
 */

function wp_mail() {
	return true;
}

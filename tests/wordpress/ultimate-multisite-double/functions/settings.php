<?php
/** Options of the network and the settings within them. */

function wu_get_option( $option_name = 'settings', $default_value = array() ) {
	return get_network_option( null, 'wp-ultimo_' . $option_name, $default_value );
}

function wu_save_option( $option_name = 'settings', $value = false ) {
	return update_network_option( null, 'wp-ultimo_' . $option_name, $value );
}

/** What was saved, else the caller's default, else the setting's own. Saved as "false" counts as not saved. */
function wu_get_setting( $setting, $default_value = false ) {
	$settings = wu_get_option( 'v2_settings' );
	$value    = $settings[ $setting ] ?? 'false';
	if ( 'false' === $value ) {
		$defaults = array(
			'enable_domain_mapping'     => 1,
			'dns_check_interval'        => 300,
			'auto_create_www_subdomain' => 'always',
		);
		$value    = false !== $default_value ? $default_value : $defaults[ $setting ] ?? false;
	}
	return apply_filters( 'wu_get_setting', $value, $setting, $default_value, $settings );
}

function wu_save_setting( $setting, $value ) {
	return wu_save_option( 'v2_settings', array( $setting => $value ) + wu_get_option( 'v2_settings' ) );
}

function wu_get_version() {
	return WP_Ultimo()->version;
}

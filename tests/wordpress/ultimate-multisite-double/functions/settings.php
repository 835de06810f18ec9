<?php
/** Options of the network and the settings within them. */

function wu_get_option( $option_name = 'settings', $default_value = array() ) {
	return get_network_option( null, 'wp-ultimo_' . $option_name, $default_value );
}

function wu_save_option( $option_name = 'settings', $value = false ) {
	return update_network_option( null, 'wp-ultimo_' . $option_name, $value );
}

function wu_get_setting( $setting, $default_value = false ) {
	return wu_get_option( 'v2_settings' )[ $setting ] ?? $default_value;
}

function wu_save_setting( $setting, $value ) {
	return wu_save_option( 'v2_settings', array( $setting => $value ) + wu_get_option( 'v2_settings' ) );
}

function wu_get_version() {
	return WP_Ultimo()->version;
}

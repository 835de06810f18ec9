<?php
/**
 * Plugin Name: Test settings
 * Description: Sets what the constant TEST_INI holds: settings of PHP that a test wants for every process of WordPress. For tests only.
 */

foreach ( defined( 'TEST_INI' ) ? TEST_INI : array() as $name => $value ) {
	if ( false === ini_set( $name, $value ) ) {
		throw new LogicException( "PHP does not let the setting $name be $value." );
	}
}

<?php
/** Domain records by query, id or host. */

use WP_Ultimo\Models\Domain;

function wu_get_domain( $domain_id ) {
	return Domain::get_by( 'id', $domain_id );
}

function wu_get_domain_by_domain( $domain ) {
	return Domain::get_by( 'domain', $domain );
}

/** A query without a number gets 100 records, as with the original. */
function wu_get_domains( $query = array() ) {
	return Domain::query( $query );
}

function wu_create_domain( $domain_data ) {
	$domain = new Domain( $domain_data );
	$saved  = $domain->save();
	if ( is_wp_error( $saved ) ) {
		return $saved;
	}
	wu_enqueue_async_action( 'wu_async_process_domain_stage', array( 'domain_id' => $domain->get_id() ), 'domain' );
	return $domain;
}

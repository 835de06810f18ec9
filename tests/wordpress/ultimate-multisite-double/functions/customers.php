<?php
/** Customers: who has a site. A customer is a user of WordPress with an id of another kind; a site's is in its metadata. */

function wu_create_customer( $customer_data ) {
	update_user_meta( $customer_data['user_id'], 'wu_double_customer', 1000 + $customer_data['user_id'] );
	return wu_get_customer_by_user_id( $customer_data['user_id'] );
}

function wu_get_customer_by_user_id( $user_id ) {
	$id = (int) get_user_meta( $user_id, 'wu_double_customer', true );
	return 0 === $id ? false : new class( $id ) {

		public function __construct( private int $id ) {}

		public function get_id() {
			return $this->id;
		}
	};
}

function wu_get_current_customer() {
	return wu_get_customer_by_user_id( get_current_user_id() );
}

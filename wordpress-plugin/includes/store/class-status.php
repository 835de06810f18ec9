<?php
/**
 * How a domain or its certificate is, in one of four words.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Each row has two conditions, one of the domain and one of its certificate. Why it is so says the reason beside it.
 */
enum Status: string {

	/** All is well. */
	case Ready = 'ready';

	/** It is on its way; time alone can end this, or somebody who is about to (a customer who changes DNS). */
	case Pending = 'pending';

	/** It stays like this until somebody does something. */
	case Action = 'action';

	/** It could not be found out. That is nobody's fault. */
	case Unknown = 'unknown';

	/** The word for a person, in the reader's language. */
	public function label(): string {
		return match ( $this ) {
			self::Ready   => __( 'Ready', 'domain-sync-for-runcloud' ),
			self::Pending => __( 'Pending', 'domain-sync-for-runcloud' ),
			self::Action  => __( 'Action needed', 'domain-sync-for-runcloud' ),
			self::Unknown => __( 'Not known', 'domain-sync-for-runcloud' ),
		};
	}
}

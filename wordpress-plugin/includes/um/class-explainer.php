<?php
/**
 * What the wizard says that the integration will do.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

/**
 * The lines for both integrations.
 */
final class Explainer {

	/**
	 * The lines.
	 *
	 * @return array{will: list<string>, will_not: list<string>}
	 */
	public static function lines(): array {
		return array(
			'will'     => array(
				__( 'Add every domain that is mapped on this network to your RunCloud web application, and remove it when it is unmapped; what does not work at once is tried again for a day.', 'domain-sync-for-runcloud' ),
				__( 'Have RunCloud\'s Let\'s Encrypt certificate cover a domain as soon as its DNS points here.', 'domain-sync-for-runcloud' ),
			),
			'will_not' => array(
				__( 'Remove domains from RunCloud that it did not add.', 'domain-sync-for-runcloud' ),
				__( 'Install the first certificate of a web application with basic SSL: that changes all of its domains, so it is yours to decide in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
			),
		);
	}
}

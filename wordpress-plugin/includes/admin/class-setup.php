<?php
/**
 * What is to be done between activation and the first served domain.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The steps are read from what is: nothing is kept of who did which. So they are right as well for what was set in wp-config.php or with Ultimate
 * Multisite's wizard, and when something breaks later.
 */
final class Setup {

	/** How the extension is installed where RunCloud's installer is not used. */
	const INSTALL = 'pie install domain-sync-for-runcloud/ext-runcloud';

	/**
	 * All steps, in their order.
	 *
	 * @return list<Setup_Step>
	 */
	public static function steps(): array {
		return array(
			self::extension(),
			self::runner(),
			self::network(),
			...Setup_Connection::steps(),
			self::plan(),
			self::domains(),
		);
	}

	/**
	 * The step that somebody has to see to next.
	 *
	 * @param list<Setup_Step> $steps All of them.
	 *
	 * @return int|null Its place; null when there is none.
	 */
	public static function next( array $steps ): ?int {
		foreach ( $steps as $place => $step ) {
			if ( ! $step->is_done() ) {
				return $place;
			}
		}
		return null;
	}

	/** The extension, in the PHP that shows this page. */
	private static function extension(): Setup_Step {
		$title   = __( 'Install the PHP extension', 'domain-sync-for-runcloud' );
		$missing = Plugin::missing_extension();
		/* translators: 1: a version of PHP, 2: a kind of PHP, as "fpm-fcgi", 3: a folder. */
		$php = sprintf( __( 'This is PHP %1$s (%2$s); it reads settings from %3$s.', 'domain-sync-for-runcloud' ), PHP_VERSION, PHP_SAPI, '' !== (string) PHP_CONFIG_FILE_SCAN_DIR ? (string) PHP_CONFIG_FILE_SCAN_DIR : (string) php_ini_loaded_file() );
		if ( null === $missing ) {
			/* translators: %s: a version. */
			return new Setup_Step( 'extension', $title, Status::Ready, array( sprintf( __( 'Version %s is loaded.', 'domain-sync-for-runcloud' ), (string) phpversion( 'runcloud' ) ), $php ) );
		}
		return new Setup_Step(
			'extension',
			$title,
			Status::Action,
			array(
				$missing . ' ' . $php,
				__( 'Whoever administers the server installs it once for this version of PHP, as root: on a RunCloud server with the installer of the release, elsewhere with PIE. PHP-FPM must then be reloaded. This page says "Done" when the extension is there.', 'domain-sync-for-runcloud' ),
			),
			self::lines( array( self::INSTALL ) )
		);
	}

	/** The extension, in the PHP that runs cron, and whether anybody runs it at all. */
	private static function runner(): Setup_Step {
		$title  = __( 'Have cron run each minute, with the same PHP', 'domain-sync-for-runcloud' );
		$report = Queue_Report::read();
		$needs  = $report['is_known'] && ( $report['is_late'] || ( null !== $report['handover'] && ! $report['handover']['arrives'] ) );
		$wait   = null !== Plugin::missing_extension() || ! $report['is_known'];
		$status = match ( true ) {
			$wait                         => Status::Unknown,
			$needs                        => Status::Action,
			null !== $report['handover']  => Status::Pending,
			default                       => Status::Ready,
		};
		$help   = Status::Ready === $status ? array() : array( __( 'In the RunCloud dashboard, give the cron job of this web application the PHP version of the web application, and have it run each minute. Without such a job WordPress runs cron when somebody visits, which is late on a quiet network.', 'domain-sync-for-runcloud' ) );
		return new Setup_Step( 'runner', $title, $status, array( ...Queue_Report::sentences( $report ), ...$help ), Status::Pending === $status ? self::lines( array( self::INSTALL ) ) : '' );
	}

	/** Ultimate Multisite, and whether this is the real network. */
	private static function network(): Setup_Step {
		$title = __( 'See that this is the real network, with Ultimate Multisite', 'domain-sync-for-runcloud' );
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return new Setup_Step( 'network', $title, Status::Action, array( __( 'Ultimate Multisite is not active on this network, or not set up yet. Activate it for the network, and complete its setup.', 'domain-sync-for-runcloud' ) ), Html::tag( 'p', array(), Html::link( Links::network( 'plugins.php' ), __( 'Plugins of the network', 'domain-sync-for-runcloud' ), 'button' ) ) );
		}
		$obstacle = Identity::obstacle();
		if ( null === $obstacle ) {
			/* translators: %s: a host name. */
			return new Setup_Step( 'network', $title, Status::Ready, array( sprintf( __( 'The network of %s is the one that speaks to RunCloud.', 'domain-sync-for-runcloud' ), (string) get_network()?->domain ) ) );
		}
		$button = Reason::Copy === $obstacle ? Html::form( Notices::CONFIRM, Notices::CONFIRM, Html::button( 'confirm', '1', __( 'This is the real network', 'domain-sync-for-runcloud' ) ), 'domain-sync-actions' ) : '';
		return new Setup_Step( 'network', $title, Status::Action, array( Identity::advice() ), $button );
	}

	/** What was mapped before. */
	private static function plan(): Setup_Step {
		$title    = __( 'Review the plan', 'domain-sync-for-runcloud' );
		$progress = Html::tag( 'div', array( 'data-domain-sync' => 'progress', 'role' => 'status' ), Plan_Progress::html() );
		if ( null !== Obstacle::read() ) {
			return new Setup_Step( 'plan', $title, Status::Unknown, array( __( 'What was mapped before the plugin came is compared with RunCloud\'s list. Nothing is done about it before you approve it.', 'domain-sync-for-runcloud' ) ) );
		}
		$headline = Plan::headline();
		$button   = Html::tag( 'p', array(), Html::link( Links::plan(), __( 'Open the plan', 'domain-sync-for-runcloud' ), '' !== $headline ? 'button button-primary' : 'button' ) );
		if ( ! Inventory::is_listed() ) {
			return new Setup_Step( 'plan', $title, Status::Pending, array( __( 'RunCloud\'s list of domains is being read in the background, forty domains with each request. The plan follows from it.', 'domain-sync-for-runcloud' ) ), $progress . $button );
		}
		if ( '' !== $headline ) {
			return new Setup_Step( 'plan', $title, Status::Action, array( $headline ), $progress . $button );
		}
		return new Setup_Step( 'plan', $title, Decisions::count_approved() > 0 ? Status::Pending : Status::Ready, array( __( 'Nothing waits for your decision.', 'domain-sync-for-runcloud' ) ), $progress . $button );
	}

	/** What is served. */
	private static function domains(): Setup_Step {
		$title  = __( 'See the domains served', 'domain-sync-for-runcloud' );
		$counts = Domain_List::counts();
		$total  = array_sum( $counts );
		$ready  = $counts[ Status::Ready->value ] ?? 0;
		$link   = Html::tag( 'p', array(), Html::link( Links::to(), __( 'All domains', 'domain-sync-for-runcloud' ), 'button' ) );
		if ( null !== Obstacle::read() ) {
			return new Setup_Step( 'domains', $title, Status::Unknown, array( __( 'Domains are served minutes after they are mapped, or after their DNS points here.', 'domain-sync-for-runcloud' ) ) );
		}
		if ( 0 === $total ) {
			return new Setup_Step( 'domains', $title, Status::Pending, array( __( 'No domain is mapped yet. Map one in Ultimate Multisite, under Domains, or let a customer do it; it appears here in the next minute.', 'domain-sync-for-runcloud' ) ), Html::tag( 'p', array(), Html::link( Links::network( 'admin.php?page=wp-ultimo-domains' ), __( 'Ultimate Multisite\'s domains', 'domain-sync-for-runcloud' ), 'button' ) ) );
		}
		$action = $counts[ Status::Action->value ] ?? 0;
		/* translators: 1: number of domains, 2: number of domains. */
		$sentences = array( sprintf( __( '%1$s of %2$s domains are served.', 'domain-sync-for-runcloud' ), number_format_i18n( $ready ), number_format_i18n( $total ) ) );
		if ( $action > 0 ) {
			/* translators: %s: number of domains. */
			$sentences[] = sprintf( _n( '%s domain needs somebody; the list says what to do.', '%s domains need somebody; the list says what to do.', $action, 'domain-sync-for-runcloud' ), number_format_i18n( $action ) );
		}
		return new Setup_Step( 'domains', $title, $action > 0 ? Status::Action : ( $ready === $total ? Status::Ready : Status::Pending ), $sentences, $link );
	}

	/**
	 * Lines to be copied.
	 *
	 * @param list<string> $lines The lines.
	 */
	public static function lines( array $lines ): string {
		return Html::tag( 'div', array( 'class' => 'domain-sync-lines' ), Html::text( 'pre', implode( "\n", $lines ), array( 'dir' => 'ltr' ) ), Copy::button( implode( "\n", $lines ) ) );
	}
}

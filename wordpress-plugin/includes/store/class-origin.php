<?php
/**
 * By what way something is done.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Each line of the history holds it beside the person. The entry points say what they are, and what they lead to in the same process need not know. Where
 * none of them said so it is a hook: of WordPress, of Ultimate Multisite, or of other code.
 */
final class Origin {

	/** A form of the Network Admin. */
	const SCREEN = 'screen';
	/** A command of ours on the command line. */
	const COMMAND = 'command';
	/** REST, or an ability. */
	const SYSTEM = 'system';
	/** An event of the network, or a call of other code. */
	const HOOK = 'hook';
	/** The plugin by itself. */
	const RUN = 'run';
	/** The plugin by itself, since RunCloud has it otherwise than it was left there. */
	const DRIFT = 'drift';

	/** What this process does. */
	private static string $now = self::HOOK;

	/** What this process does. */
	public static function now(): string {
		return self::$now;
	}

	/**
	 * Says what this process does until it ends.
	 *
	 * @param string $origin One of the above.
	 */
	public static function is( string $origin ): void {
		self::$now = $origin;
	}

	/**
	 * Does something in one way, and goes on as before.
	 *
	 * @template T
	 *
	 * @param string        $origin One of the above.
	 * @param callable(): T $work   What.
	 *
	 * @return T
	 */
	public static function during( string $origin, callable $work ): mixed {
		$before    = self::$now;
		self::$now = $origin;
		try {
			return $work();
		} finally {
			self::$now = $before;
		}
	}

	/** The user who does it; 0 for nobody, and for a run, whoever's request it takes place in. */
	public static function actor(): int {
		return in_array( self::$now, array( self::RUN, self::DRIFT ), true ) ? 0 : get_current_user_id();
	}
}

<?php
/**
 * One step of the setup.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Status;

/**
 * What is to be done, how it stands, and with what it is done.
 */
final class Setup_Step {

	/**
	 * A step.
	 *
	 * @param string       $id        Stable name of it.
	 * @param string       $title     What is to be done, in the imperative.
	 * @param Status       $status    Ready: done. Action: somebody is needed. Pending: time ends it. Unknown: it comes after another one.
	 * @param list<string> $sentences How it stands, and what to do.
	 * @param string       $html      What it is done with: HTML.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $title,
		public readonly Status $status,
		public readonly array $sentences,
		public readonly string $html = ''
	) {}

	/** Whether nobody has to do anything about it now. */
	public function is_done(): bool {
		return in_array( $this->status, array( Status::Ready, Status::Pending ), true );
	}
}

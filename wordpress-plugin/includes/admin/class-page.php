<?php
/**
 * A page of the screen.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * Everything that a page shows is read when it is made, before anything is printed: what the database does not say is then a sentence, and no half
 * of a page.
 */
abstract class Page {

	/** What the page is called: plain text. */
	abstract public function title(): string;

	/** Its heading: HTML. */
	public function heading(): string {
		return esc_html( $this->title() );
	}

	/** Prints it. */
	abstract public function show(): void;
}

<?php
/** When an action is to run: at once, at a time, or at a time and then again and again. */

interface ActionScheduler_Schedule {
	public function get_date();
	public function get_next( DateTime $after );
	public function is_recurring();
}

/** At once. The queue keeps the time at which such an action was queued, callers see none. */
class ActionScheduler_NullSchedule implements ActionScheduler_Schedule {

	public function get_date() {
		return null;
	}

	public function get_next( DateTime $after ) {
		return null;
	}

	public function is_recurring() {
		return false;
	}
}

class ActionScheduler_SimpleSchedule implements ActionScheduler_Schedule {

	public function __construct( private DateTime $date ) {}

	public function get_date() {
		return clone $this->date;
	}

	/** Its own time while that is to come; a single action has no second. */
	public function get_next( DateTime $after ) {
		return $after > $this->date ? null : $this->get_date();
	}

	public function is_recurring() {
		return false;
	}
}

class ActionScheduler_IntervalSchedule extends ActionScheduler_SimpleSchedule {

	public function __construct( DateTime $date, private int $recurrence ) {
		parent::__construct( $date );
	}

	/** The next time counts from the end of the last, so that it wanders. */
	public function get_next( DateTime $after ) {
		return parent::get_next( $after ) ?? ( clone $after )->modify( "+{$this->recurrence} seconds" );
	}

	public function is_recurring() {
		return true;
	}

	public function get_recurrence() {
		return $this->recurrence;
	}
}

<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * Keeps several requests to a PHP-FPM pool in flight, each of which adds a domain of its own, and counts what comes of them.
 */
final class Load
{
    /** @var list<array{string, FastCgiCall}> Domain and request. */
    private array $flying = [];
    private int $sent = 0;
    /** @var array<int, true> Pids of the workers that have answered. */
    public array $workers = [];
    /** @var list<string> Domains that a worker says it has created. */
    public array $created = [];
    /** @var array<int, int> Answers of workers without opcache (0) and with (1). */
    public array $opcache = [];
    /** Requests whose connection was dropped: their worker was killed. */
    public int $dropped = 0;
    /** Requests that found no pool. */
    public int $refused = 0;
    /** @var list<string> Answers that are none of these. */
    public array $wrong = [];

    /**
     * @param \Closure(string): FastCgiCall $start Sends the request that adds this domain.
     * @param int                           $width How many are in flight.
     */
    public function __construct(private readonly \Closure $start, private readonly int $width = 4)
    {
    }

    /** Waits for the oldest request and sends another one. */
    public function turn(): void
    {
        while (count($this->flying) < $this->width) {
            $domain = 'shop' . ++$this->sent . '.example';
            try {
                $this->flying[] = [$domain, ($this->start)($domain)];
            } catch (\RuntimeException) {
                $this->refused++;

                return;
            }
        }
        $this->wait();
    }

    /** Goes on until this is true. */
    public function until(string $what, callable $condition): void
    {
        Deadline::poll($what, function () use ($condition): bool {
            $this->turn();

            return $condition();
        });
    }

    /** Waits for all that are in flight. */
    public function finish(): void
    {
        while ($this->flying !== []) {
            $this->wait();
        }
    }

    public function __toString(): string
    {
        return sprintf(
            '%d workers, %d calls answered, %d cut off, %d refused, %d wrong',
            count($this->workers),
            count($this->created),
            $this->dropped,
            $this->refused,
            count($this->wrong)
        );
    }

    private function wait(): void
    {
        [$domain, $call] = array_shift($this->flying);
        try {
            $answer = $call->wait();
        } catch (\RuntimeException $e) {
            if ($e->getMessage() === 'PHP-FPM dropped the connection.') {
                $this->dropped++;
            } else {
                $this->wrong[] = $e->getMessage();
            }

            return;
        }
        $told = json_decode($answer->body, true);
        if (($told['result']['name'] ?? null) === $domain && $told['result']['created'] === true) {
            $this->created[] = $domain;
            $this->workers[$told['pid']] = true;
            $this->opcache[$told['opcache']] = ($this->opcache[$told['opcache']] ?? 0) + 1;
        } else {
            $this->wrong[] = $answer->body . $answer->errors;
        }
    }
}

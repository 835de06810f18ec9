<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use RunCloud\Test\Support\Deadline;

/**
 * A piece of PHP to be run within WordPress: the test writes it down, a process of WordPress picks it up by its number and leaves an answer
 * (mu-plugins/test-door.php).
 */
final class Errand
{
    /** Instead of a number: the process waits for numbers, and forks for each. */
    public const MANY = 'ffff';

    /** Instead of a number: the process waits for numbers, and does all of them itself. */
    public const STAY = 'fffe';

    private function __construct(private readonly string $folder, public readonly string $id)
    {
    }

    /**
     * @param string               $code      PHP without the opening tag; what it returns is the answer.
     * @param array<string, mixed> $arguments Variables for the code.
     * @param array<string, mixed> $more      "user": id; "kill_before_query": n; "kill_on": name of an action.
     */
    public static function write(string $folder, string $code, array $arguments, array $more): self
    {
        $errand = new self($folder, bin2hex(random_bytes(8)));
        if (!is_dir($folder)) {
            mkdir($folder, 0777, true);
        }
        file_put_contents($errand->file('request'), json_encode(['code' => $code, 'arguments' => $arguments] + $more, JSON_THROW_ON_ERROR));

        return $errand;
    }

    /**
     * The answer.
     *
     * @param string $context What is known of the process, for a message.
     *
     * @throws ProcessDied       When there is none.
     * @throws \RuntimeException When the code threw.
     */
    public function answer(string $context): mixed
    {
        $answer = is_file($this->file('answer')) ? json_decode(file_get_contents($this->file('answer')), true, 512, JSON_THROW_ON_ERROR) : null;
        array_map('unlink', glob("{$this->folder}/{$this->id}.*"));
        if ($answer === null) {
            throw new ProcessDied("WordPress left no answer: {$context}");
        }
        if (isset($answer['error'])) {
            throw new \RuntimeException("WordPress threw {$answer['error']}");
        }

        return $answer['value'];
    }

    /** Waits for the answer of a process that nobody can wait for. */
    public function awaitAnswer(): void
    {
        Deadline::poll('the answer of WordPress', fn (): bool => is_file($this->file('answer')), 60);
    }

    private function file(string $suffix): string
    {
        return "{$this->folder}/{$this->id}.{$suffix}";
    }
}

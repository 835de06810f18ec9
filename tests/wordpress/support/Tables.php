<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * The tables of the network, to come back to before each test. To make them anew takes most of a second, to put their rows back a hundredth.
 */
final class Tables
{
    /** More rows than these are dropped faster than deleted. */
    private const MANY_ROWS = 5000;

    /** How the tables are made: columns, indexes and triggers. */
    private const SHAPE = "SELECT MD5(GROUP_CONCAT(line ORDER BY line)) AS shape FROM (
        SELECT CONCAT_WS(' ', TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, COLUMN_DEFAULT, IS_NULLABLE, EXTRA, COLLATION_NAME) AS line
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'wordpress'
        UNION ALL SELECT CONCAT_WS(' ', TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, NON_UNIQUE)
            FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'wordpress'
        UNION ALL SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'wordpress'
        UNION ALL SELECT CONCAT(TABLE_NAME, ' ', ENGINE) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'wordpress'
    ) AS every";

    private readonly string $shape;

    /** @var array<string, int> The next id of each table; 0 for those without. */
    private readonly array $next;

    private readonly string $rows;

    /** Makes the tables anew, and a copy of their rows. */
    public function __construct(private readonly Environment $environment)
    {
        $this->make();
        $this->shape = $this->shape();
        $this->next = $this->next();
        $copies = 'DROP DATABASE IF EXISTS pristine; CREATE DATABASE pristine;';
        $rows = 'START TRANSACTION;';
        foreach (array_keys($this->next) as $table) {
            $copies .= "CREATE TABLE pristine.{$table} AS SELECT * FROM wordpress.{$table};";
            $rows .= "DELETE FROM {$table}; INSERT INTO {$table} SELECT * FROM pristine.{$table};";
        }
        $environment->sql($copies);
        $this->rows = $rows . 'COMMIT';
    }

    public function restore(): void
    {
        $next = $this->shape() === $this->shape ? $this->next() : [];
        $used = array_filter($this->next, static fn (int $id, string $table): bool => $id !== ($next[$table] ?? -1), ARRAY_FILTER_USE_BOTH);
        foreach ($used as $table => $id) {
            if (!isset($next[$table]) || $next[$table] - $id > self::MANY_ROWS) {
                $this->make();
                return;
            }
        }
        $this->environment->sql($this->rows);
        foreach ($used as $table => $id) {
            $this->environment->sql("ALTER TABLE {$table} AUTO_INCREMENT = {$id}");
        }
    }

    private function make(): void
    {
        $this->environment->sql($this->environment->snapshot());
    }

    private function shape(): string
    {
        return (string) $this->environment->sql('SET SESSION group_concat_max_len = 1000000; ' . self::SHAPE)[0]['shape'];
    }

    /** @return array<string, int> */
    private function next(): array
    {
        $tables = $this->environment->sql(
            "SELECT TABLE_NAME, COALESCE(AUTO_INCREMENT, 0) AS next FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'wordpress'"
        );

        return array_map('intval', array_column($tables, 'next', 'TABLE_NAME'));
    }
}

<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Panel;

/**
 * A network and a panel as they are at some moment, to come back to again and again: a fraction of the time of Environment::restore().
 */
final class Moment
{
    /** Everything that the plugin, the queue and Ultimate Multisite's records change. */
    private const TABLES = "TABLE_NAME IN ('wp_wu_domain_mappings', 'wp_sitemeta', 'wp_options')
        OR TABLE_NAME LIKE 'wp\\_domain\\_sync\\_%' OR TABLE_NAME LIKE 'wp\\_actionscheduler\\_%'";

    /** @var list<string> */
    private readonly array $tables;

    /** @var array<string, mixed> */
    private readonly array $state;

    public function __construct(private readonly Panel $panel)
    {
        $this->state = $panel->simulator->state();
        $tables = Environment::get()->sql(
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'wordpress' AND (" . self::TABLES . ')'
        );
        $this->tables = array_column($tables, 'TABLE_NAME');
        $statements = 'CREATE DATABASE IF NOT EXISTS moment;';
        foreach ($this->tables as $table) {
            $statements .= "DROP TABLE IF EXISTS moment.{$table}; CREATE TABLE moment.{$table} LIKE wordpress.{$table};"
                . "INSERT INTO moment.{$table} SELECT * FROM wordpress.{$table};";
        }
        Environment::get()->sql($statements);
    }

    public function restore(): void
    {
        $statements = 'START TRANSACTION;';
        foreach ($this->tables as $table) {
            $statements .= "DELETE FROM {$table}; INSERT INTO {$table} SELECT * FROM moment.{$table};";
        }
        Environment::get()->sql($statements . 'COMMIT');
        $this->panel->simulator->reset();
        $this->panel->simulator->setState($this->state);
    }
}

/*
 * app.js - a small application whose statements the server logs: each scenario
 * has a name of its own, which its connections give as application_name.
 *
 * Usage: node app.js SCHEMA.sql. Connects as PGHOST, PGUSER and PGDATABASE say.
 * Loops and what only looks like one; captures.py knows which is which.
 */
'use strict';

const fs = require('fs');
const { Client, Pool } = require('pg');
const { Sequelize, DataTypes } = require('sequelize');

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* ---- with the driver alone ---- */

const scenarios = {
    async list_then_lookup(db) {
        const rows = await db.query('SELECT id, name FROM orchards WHERE county = $1 ORDER BY id', ['Kent']);
        for (const row of rows.rows)
            await db.query('SELECT id, variety FROM trees WHERE orchard_id = $1', [row.id]);
    },

    async lookup_by_literal(db) {
        const rows = await db.query("SELECT DISTINCT variety FROM trees WHERE orchard_id < 3");
        for (const row of rows.rows)
            await db.query(`SELECT note FROM varieties WHERE title = '${row.variety.replace(/'/g, "''")}'`);
    },

    async named_statement(db) {
        const rows = await db.query('SELECT id FROM pickers');
        for (const row of rows.rows)
            await db.query({ name: 'crates_of', text: 'SELECT count(*) FROM crates WHERE picker_id = $1', values: [row.id] });
    },

    async insert_one_by_one(db) {
        for (let i = 0; i < 9; i++)
            await db.query('INSERT INTO crates (picker_id, kg) VALUES ($1, $2)', [1 + i % 6, 10 + i]);
    },

    async update_in_transaction(db) {
        const rows = await db.query('SELECT id FROM trees WHERE orchard_id = $1 LIMIT 8', [2]);
        await db.query('BEGIN');
        for (const row of rows.rows)
            await db.query('UPDATE trees SET pruned = now() WHERE id = $1', [row.id]);
        await db.query('COMMIT');
    },

    /* What the loops should have been. */
    async one_batch(db) {
        const rows = await db.query('SELECT id FROM orchards');
        const ids = rows.rows.map((row) => row.id);
        for (let i = 0; i < ids.length; i += 5)
            await db.query('SELECT orchard_id, count(*) FROM trees WHERE orchard_id = ANY($1) GROUP BY orchard_id', [ids.slice(i, i + 5)]);
    },

    async pages(db) {
        let last = 0;
        for (;;) {
            const page = await db.query('SELECT id, variety FROM trees WHERE id > $1 ORDER BY id LIMIT 25', [last]);
            if (page.rows.length === 0)
                break;
            last = page.rows[page.rows.length - 1].id;
        }
    },

    async polling(db) {
        for (let i = 0; i < 8; i++) {
            await db.query('SELECT id FROM jobs WHERE state = $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED', ['ready']);
            await pause(40);
        }
    },
};

/* Four requests at a time, each with a loop, over two connections. */
async function interleaved() {
    const pool = new Pool({ max: 2, application_name: 'interleaved' });
    const request = async (county) => {
        const rows = await pool.query('SELECT id FROM orchards WHERE county = $1', [county]);
        for (const row of rows.rows)
            await pool.query('SELECT weekday, opens FROM opening_hours WHERE orchard_id = $1', [row.id]);
    };

    await Promise.all(['Kent', 'Devon', 'Kent', 'Devon'].map(request));
    await pool.end();
}

/* ---- with an object-relational mapper ---- */

function models(name) {
    const orm = new Sequelize(process.env.PGDATABASE, process.env.PGUSER, '', {
        host: process.env.PGHOST, dialect: 'postgres', logging: false,
        pool: { max: 1 }, dialectOptions: { application_name: name },
    });
    const plain = { timestamps: false };
    const Orchard = orm.define('orchard', { name: DataTypes.TEXT, county: DataTypes.TEXT }, plain);
    const Hive = orm.define('hive', { colour: DataTypes.TEXT, honey: DataTypes.INTEGER }, plain);

    Orchard.hasMany(Hive, { foreignKey: 'orchard_id' });
    Hive.belongsTo(Orchard, { foreignKey: 'orchard_id' });
    return { orm, Orchard, Hive };
}

const mapped = {
    async orm_lazy_loading({ Orchard }) {
        for (const orchard of await Orchard.findAll())
            await orchard.getHives();
    },

    async orm_eager_loading({ Orchard, Hive }) {
        await Orchard.findAll({ include: Hive });
    },

    async orm_save_each({ Hive }) {
        for (const hive of await Hive.findAll({ limit: 9, order: ['id'] })) {
            hive.honey += 1;
            await hive.save();
        }
    },
};

async function main() {
    const setup = new Client({ application_name: 'setup' });
    await setup.connect();
    await setup.query(fs.readFileSync(process.argv[2], 'utf8'));
    await setup.end();
    for (const [name, run] of Object.entries(scenarios)) {
        const client = new Client({ application_name: name });
        await client.connect();
        await run(client);
        await client.end();
    }
    await interleaved();
    for (const [name, run] of Object.entries(mapped)) {
        const all = models(name);
        await run(all);
        await all.orm.close();
    }
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});

using System.Globalization;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A township with one supplier and this month's orders, each funded, agreed and served once: what a batch rests on.</summary>
internal static class SettleGround
{
    /// <summary>The first day of this month: its deadlines lie ahead.</summary>
    public static DateOnly Month
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);
            return new DateOnly(today.Year, today.Month, 1);
        }
    }

    public static async Task Write(string database, int orders, CancellationToken cancellationToken)
    {
        var first = Month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var sql in Registers(first).Concat(Cases(orders)).Concat(Served(orders, first)).Concat(Money(orders, first)))
            await Sql.Run(database, sql, cancellationToken);
        await Sql.Run(database, "vacuum analyze", cancellationToken);
    }

    private static IEnumerable<string> Registers(string first) =>
    [
        "insert into relief.area_unit (code, level, parent_code, name) values ('1', 'County', null, '县'), ('11', 'Township', '1', '镇'), ('111', 'Village', '11', '村')",
        "insert into relief.staff_member (id, county_code, name, unit_id, area_code, active) values ('clerk', '1', '某某', '11', '11', true), ('reviewer', '1', '某某', '11', '11', true)",
        "insert into relief.staff_role (id, staff_id, role, area_code, valid_from) values ('a', 'clerk', 'settlement-clerk', '11', '2020-01-01'), ('b', 'reviewer', 'township-reviewer', '11', '2020-01-01')",
        "insert into relief.supplier (id, county_code, created_at, created_by, name, status, items, areas, capacity, rating, child_vetting) values ('s', '1', now(), 'benchmark', 's', 'Active', '[\"i\"]', '[\"1\"]', 100000, 400, true)",
        """
        insert into relief.service_item (code, county_code, name, family, unit, pathways, min_minutes, max_minutes, two_workers, status, proposed_by, approved_by, class)
        values ('i', '1', 'i', '-', 'Visit', '[]', 1, 600, false, 'Approved', 'a', 'b', 'Visit')
        """,
        "insert into relief.price_version (id, county_code, created_at, created_by, item_code, area_code, price, valid_from, document, label, status, approved_by) values ('v', '1', now(), 'a', 'i', '1', 4500, '2020-01-01', '-', '-', 'Approved', 'b')",
        "insert into relief.fund_source (id, county_code, kind, name, owner_unit, categories, person_classes, items, pathways) values ('f', '1', 'F4', 'f', 'u', '[]', '[]', '[]', '[]')",
        $"insert into relief.fund_account (id, county_code, source_id, kind, fiscal_year, unit, sub_item, appropriated, reserved, committed, spent) values ('f4', '1', 'f', 'F4', {first[..4]}, 'u', '-', 0, 0, 0, 0)"
    ];

    private static IEnumerable<string> Cases(int orders) =>
    [
        $"""
        insert into relief.person (id, county_code, created_at, created_by, id_number_sealed, id_number_hash, name, sex, birth_date, area_code, capacity, life_status, flags)
        select 'p' || n, '1', now(), 'benchmark', '-', 'h' || n, '某某某', 'F', '1950-01-01', '111', 'Full', 'Alive', '[]' from generate_series(1, {orders}) as n
        """,
        $"""
        insert into relief.relief_identity (id, county_code, created_at, created_by, person_id, category, valid_from, evidence, source)
        select 'd' || n, '1', now(), 'benchmark', 'p' || n, 'Dibao', '2020-01-01', '-', '-' from generate_series(1, {orders}) as n
        """,
        $"""
        insert into relief.case_file (id, county_code, created_at, created_by, number, person_id, application_id, status, area_code, owner_unit_id, category, opened_at, flags)
        select 'c' || n, '1', now(), 'benchmark', 'c' || n, 'p' || n, 'a' || n, 'InService', '111', 't', 'Dibao', now(), '[]' from generate_series(1, {orders}) as n
        """
    ];

    private static IEnumerable<string> Served(int orders, string first) =>
    [
        $"""
        insert into relief.service_order (id, county_code, created_at, created_by, case_id, person_id, need_item_ids, pathway, supplier_id, reservation_id, status, declined_by, planned_from, planned_to, idem_key)
        select 'o' || n, '1', now(), 'benchmark', 'c' || n, 'p' || n, '[]', 'M1', 's', 'r' || n, 'Active', '[]', '{first}', date '{first}' + 27, 'o' || n from generate_series(1, {orders}) as n
        """,
        $"""
        insert into relief.plan_version (id, order_id, version, goals, schedule_rule, status, submitted_by, submitted_at, agreed_by, agreed_at)
        select 'pv' || n, 'o' || n, 1, '-', '[]', 'Agreed', 'benchmark', now(), 'b', now() from generate_series(1, {orders}) as n
        """,
        $"insert into relief.plan_line (id, plan_id, item_code, quantity_per_month, visits_per_month) select 'pl' || n, 'pv' || n, 'i', 400, 4 from generate_series(1, {orders}) as n",
        $"""
        insert into relief.agreement_record (id, county_code, created_at, created_by, order_id, supplier_id, person_id, township_unit_id, valid_from, valid_to, status, price_label, document)
        select 'ag' || n, '1', now(), 'benchmark', 'o' || n, 's', 'p' || n, 't', '{first}', date '{first}' + 27, 'Signed', '-', '-' from generate_series(1, {orders}) as n
        """,
        $"""
        insert into relief.service_record (id, county_code, created_at, created_by, order_id, person_id, supplier_id, worker_id, item_code, two_workers, service_date, start_at, end_at, quantity, content, confirmed_by,
          evidence, flags, status, submitted_at, override_reason, idem_key)
        select 'sr' || n, '1', now(), 'benchmark', 'o' || n, 'p' || n, 's', 'w' || n, 'i', false, '{first}', timestamptz '{first} 01:00Z', timestamptz '{first} 02:00Z', 100, '-', '-', '[]', '[]', 'Accepted', now(), 'benchmark', 'sr' || n
        from generate_series(1, {orders}) as n
        """
    ];

    // 180 yuan for each order; each was served once, for 45.
    private static IEnumerable<string> Money(int orders, string first) =>
    [
        $"""
        insert into relief.ledger_entry (id, account_id, sequence, kind, amount, reference, idem_key, created_by, created_at, previous_hash, hash)
        values ('e1', 'f4', 1, 'Allocate', {orders * 18_000L}, 'doc', 'e1', 'a', now(), '', 'e1'), ('e2', 'f4', 2, 'Reserve', {orders * 18_000L}, 'orders', 'e2', 'a', now(), 'e1', 'e2')
        """,
        $"""
        insert into relief.reservation (id, county_code, created_at, created_by, order_id, amount, period_from, period_to, status, idem_key)
        select 'r' || n, '1', now(), 'benchmark', 'o' || n, 18000, '{first}', date '{first}' + 27, 'Active', 'r' || n from generate_series(1, {orders}) as n
        """,
        $"insert into relief.reservation_part (id, reservation_id, account_id, rank, reserved, released, committed, spent) select 'r' || n || '-1', 'r' || n, 'f4', 1, 18000, 0, 0, 0 from generate_series(1, {orders}) as n"
    ];
}

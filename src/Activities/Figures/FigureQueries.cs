using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Figures;

/// <summary>Reckons figures from the records whenever they are asked, and opens them to the records they are the sum of (INV-29). Nothing is kept.</summary>
/// <remarks>Services are counted once for all their figures: one statement groups the period's records, and each figure adds up its groups by the condition with which it lists them.</remarks>
public sealed class FigureQueries(ReliefDbContext context)
{
    private readonly Dictionary<FigureScope, IReadOnlyList<(ServedRow Row, int Count)>> _served = [];
    private readonly Dictionary<(string Key, FigureScope Scope), IReadOnlyDictionary<string, decimal>> _sums = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _townships = [];

    /// <summary>Figures of one scope, in their order.</summary>
    public async Task<IReadOnlyList<FigureValue>> Sheet(IEnumerable<Figure> figures, FigureScope scope, CancellationToken cancellationToken)
    {
        List<FigureValue> values = [];
        foreach (var figure in figures)
            values.Add(await Of(figure, scope, cancellationToken));
        return values;
    }

    /// <summary>A figure with its parts by township.</summary>
    public async Task<FigureValue> Of(Figure figure, FigureScope scope, CancellationToken cancellationToken)
    {
        if (figure.Parts is not { } share)
        {
            var sums = await Sums(figure, scope, cancellationToken);
            return new FigureValue(figure.Key, sums.Values.Sum(), [.. sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => new FigurePart(sum.Key, sum.Value))]);
        }

        var (part, whole) = (await Sums(FigureList.Find(share.Part)!, scope, cancellationToken), await Sums(FigureList.Find(share.Whole)!, scope, cancellationToken));
        return new FigureValue(figure.Key, Quotient(part.Values.Sum(), whole.Values.Sum()),
            [.. whole.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => new FigurePart(sum.Key, Quotient(part.GetValueOrDefault(sum.Key), sum.Value)))]);
    }

    /// <summary>A figure month by month.</summary>
    public async Task<IReadOnlyList<FigureMonth>> Months(Figure figure, FigureScope scope, CancellationToken cancellationToken)
    {
        List<FigureMonth> months = [];
        foreach (var month in scope.Months())
            months.Add(new FigureMonth(month.From, (await Of(figure, month, cancellationToken)).Value));
        return months;
    }

    /// <summary>The records that a figure is the sum of, by id, from the one after another on; of a share those of its part.</summary>
    public async Task<IReadOnlyList<FigureRecord>> Records(Figure figure, FigureScope scope, string? after, int take, CancellationToken cancellationToken)
    {
        var rows = RowsOf(figure.Parts is { } share ? FigureList.Find(share.Part)! : figure, scope);
        if (after is not null)
#pragma warning disable CA1309, CA1310, CA1307 // translated into the database's own comparison of ids
            rows = rows.Where(row => string.Compare(row.Id, after) > 0);
#pragma warning restore CA1309, CA1310, CA1307
        var found = await rows.OrderBy(row => row.Id).Take(take).ToListAsync(cancellationToken);
        return [.. found.Select(row => new FigureRecord(row.Id, row.On ?? (row.At is { } at ? ChinaTime.DayOf(at) : null), row.AreaCode, row.What, figure.Sums ? row.Amount : 1))];
    }

    private static decimal? Quotient(decimal part, decimal whole) => whole == 0 ? null : decimal.Round(part / whole, 4);

    // A share is of figures that stand beside it: each is reckoned once.
    private async Task<IReadOnlyDictionary<string, decimal>> Sums(Figure figure, FigureScope scope, CancellationToken cancellationToken)
    {
        if (_sums.TryGetValue((figure.Key, scope), out var known))
            return known;
        var townships = await Townships(scope.CountyCode, cancellationToken);
        var byArea = figure.Counts is { } counts ? await Served(counts, scope, cancellationToken) : await Counted(figure, scope, cancellationToken);
        return _sums[(figure.Key, scope)] = byArea.GroupBy(sum => townships.GetValueOrDefault(sum.AreaCode, scope.CountyCode)).ToDictionary(group => group.Key, group => group.Sum(sum => sum.Value));
    }

    private async Task<IReadOnlyList<(string AreaCode, decimal Value)>> Counted(Figure figure, FigureScope scope, CancellationToken cancellationToken)
    {
        var groups = RowsOf(figure, scope).GroupBy(row => row.AreaCode);
        return figure.Sums
            ? [.. (await groups.Select(group => new { group.Key, Value = group.Sum(row => row.Amount) }).ToListAsync(cancellationToken)).Select(group => (group.Key, group.Value))]
            : [.. (await groups.Select(group => new { group.Key, Value = group.Count() }).ToListAsync(cancellationToken)).Select(group => (group.Key, (decimal)group.Value))];
    }

    private async Task<IReadOnlyList<(string AreaCode, decimal Value)>> Served(Func<ServedRow, bool> counts, FigureScope scope, CancellationToken cancellationToken)
    {
        if (!_served.TryGetValue(scope, out var groups))
            _served[scope] = groups = await Groups(scope, cancellationToken);
        return [.. groups.Where(group => counts(group.Row)).Select(group => (group.Row.AreaCode, (decimal)group.Count))];
    }

    private IQueryable<FigureRow> RowsOf(Figure figure, FigureScope scope)
    {
        var rows = figure.Services is { } services
            ? Services(scope).Where(services).Select(row => new FigureRow { Id = row.Id, AreaCode = row.AreaCode, On = row.On, What = row.ItemCode })
            : figure.Rows!(context, scope);
        return scope.Areas is { } areas ? rows.Where(row => areas.Contains(row.AreaCode)) : rows;
    }

    private IQueryable<VisitRecord> Delivered(FigureScope scope) => context.Set<VisitRecord>()
        .Where(record => record.CountyCode == scope.CountyCode && record.ServiceDate >= scope.From && record.ServiceDate <= scope.To && record.Status != RecordStatus.Voided);

    private IQueryable<ServedRow> Services(FigureScope scope) =>
        from record in Delivered(scope)
        join order in context.Set<Order>() on record.OrderId equals order.Id
        join parent in context.Set<Case>() on order.CaseId equals parent.Id
        join item in context.Set<CatalogueItem>() on record.ItemCode equals item.Code
        select new ServedRow
        {
            Id = record.Id, On = record.ServiceDate, ItemCode = record.ItemCode, AreaCode = parent.AreaCode, Pathway = order.Pathway, Category = parent.Category, Class = item.Class, Project = item.Project,
            Given = record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled
        };

    // Grouped before it is joined: a year's million records are some ten thousand orders.
    private async Task<IReadOnlyList<(ServedRow Row, int Count)>> Groups(FigureScope scope, CancellationToken cancellationToken)
    {
        var counted = Delivered(scope).GroupBy(record => new { record.OrderId, record.ItemCode, record.Status }).Select(group => new { group.Key.OrderId, group.Key.ItemCode, group.Key.Status, Count = group.Count() });
        var rows = await (from one in counted
                          join order in context.Set<Order>() on one.OrderId equals order.Id
                          join parent in context.Set<Case>() on order.CaseId equals parent.Id
                          join item in context.Set<CatalogueItem>() on one.ItemCode equals item.Code
                          where scope.Areas == null || scope.Areas.Contains(parent.AreaCode)
                          select new { parent.AreaCode, order.Pathway, parent.Category, item.Class, item.Project, one.Status, one.Count }).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => new ServedRow
        {
            AreaCode = row.AreaCode, Pathway = row.Pathway, Category = row.Category, Class = row.Class, Project = row.Project, Given = row.Status is RecordStatus.Accepted or RecordStatus.Settled
        }).Select(group => (group.Key, group.Sum(row => row.Count)))];
    }

    private async Task<IReadOnlyDictionary<string, string>> Townships(string countyCode, CancellationToken cancellationToken)
    {
        if (!_townships.TryGetValue(countyCode, out var known))
            _townships[countyCode] = known = await new AreaQueries(context).Townships(countyCode, cancellationToken);
        return known;
    }
}

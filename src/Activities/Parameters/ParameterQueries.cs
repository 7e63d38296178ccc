using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;

namespace Relief.Flow.Activities.Parameters;

/// <summary>Reads policy parameters: the nearest area's value that holds on a day, else the product's preset.</summary>
/// <remarks>An activity reads a value when it makes a task or a timer, and stores the value it used (3.0.3).</remarks>
public sealed class ParameterQueries(ReliefDbContext context)
{
    /// <summary>The area code of the product's own presets.</summary>
    public const string Everywhere = "*";

    /// <summary>The row that holds for an area on a day, or none when the key is unknown.</summary>
    public async Task<PolicyParameter?> Find(string key, string areaCode, DateOnly on, CancellationToken cancellationToken) =>
        (await Holding("p.key = {1}", key, (areaCode, on), cancellationToken)).FirstOrDefault();

    /// <summary>The rows of all keys with a beginning that hold for an area on a day, those of the nearest area first.</summary>
    internal Task<List<PolicyParameter>> Beginning(string prefix, string areaCode, DateOnly on, CancellationToken cancellationToken) =>
        Holding("p.key like {1}", prefix + "%", (areaCode, on), cancellationToken);

    /// <summary>Whether a switch is on in an area on a day; an unknown one is not.</summary>
    public async Task<bool> IsOn(string key, string areaCode, DateOnly on, CancellationToken cancellationToken) =>
        await Find(key, areaCode, on, cancellationToken) is { Value: "true" };

    /// <summary>The value as a number: days, hours, a ratio or yuan, as the row's unit says. An unknown key is a bug.</summary>
    public async Task<decimal> Number(string key, string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        var row = await Find(key, areaCode, on, cancellationToken)
            ?? throw new InvalidOperationException($"There is no policy parameter {key}.");
        return decimal.Parse(row.Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The value as a whole number of what its unit counts.</summary>
    public async Task<int> Whole(string key, string areaCode, DateOnly on, CancellationToken cancellationToken) =>
        decimal.ToInt32(await Number(key, areaCode, on, cancellationToken));

    /// <summary>Every key's row that holds for an area on a day, by key.</summary>
    public async Task<IReadOnlyList<PolicyParameter>> All(string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        string[] chain = [.. await new AreaQueries(context).CodesAbove(areaCode, cancellationToken), Everywhere];
        var rows = await context.Set<PolicyParameter>()
            .Where(row => chain.Contains(row.AreaCode) && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on))
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Key)
            .Select(group => group.MinBy(row => Array.IndexOf(chain, row.AreaCode))!)
            .OrderBy(row => row.Key, StringComparer.Ordinal)];
    }

    // The nearest area first. One statement for the areas above and their rows: a value is asked for with nearly every deed.
    private Task<List<PolicyParameter>> Holding(string condition, string key, (string AreaCode, DateOnly On) where, CancellationToken cancellationToken)
    {
        var (areas, parameters) = (Table<AreaUnit>(), Table<PolicyParameter>());
        var sql = "with recursive above as (select code, parent_code, 0 as steps from " + areas + " where code = {0} union all select up.code, up.parent_code, above.steps + 1 from "
            + areas + " up join above on up.code = above.parent_code where above.steps < 9) select p.* from (select code, steps from above union all select '" + Everywhere
            + "', 10) a join " + parameters + " p on p.area_code = a.code where " + condition + " and p.valid_from <= {2} and (p.valid_to is null or p.valid_to >= {2}) order by a.steps";   // all names are ours
        return context.Set<PolicyParameter>().FromSqlRaw(sql, where.AreaCode, key, where.On).ToListAsync(cancellationToken);
    }

    private string Table<T>() => context.Model.FindEntityType(typeof(T))!.GetSchemaQualifiedTableName()!;
}

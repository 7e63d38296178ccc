using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Parameters;

/// <summary>Sets policy parameters; periods of one key in one area never overlap (INV-27).</summary>
public sealed class ParameterBook(ReliefDbContext context)
{
    /// <summary>Lets a value hold from a day on: the open row before it ends the day before. A value already set for that day changes nothing.</summary>
    /// <returns>False when a later value of that area exists already.</returns>
    public async Task<bool> Set(ParameterChange change, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"policy_parameter:{change.Key}:{change.AreaCode}", cancellationToken);
        var rows = await context.Set<PolicyParameter>()
            .Where(row => row.Key == change.Key && row.AreaCode == change.AreaCode && (row.ValidTo == null || row.ValidTo >= change.ValidFrom))
            .ToListAsync(cancellationToken);
        if (rows.Exists(row => row.ValidFrom == change.ValidFrom && row.Value == change.Value))
            return true;
        if (rows.Exists(row => row.ValidFrom >= change.ValidFrom))
            return false;

        foreach (var row in rows)
            await context.Replace(row with { ValidTo = change.ValidFrom.AddDays(-1) }, cancellationToken);
        await context.Insert(new PolicyParameter
        {
            Id = deed.NewId(),
            Key = change.Key,
            AreaCode = change.AreaCode,
            Value = change.Value,
            Unit = change.Unit,
            ValidFrom = change.ValidFrom,
            Basis = change.Basis
        }, cancellationToken);
        await context.Audit("parameter:" + change.Key, new AuditDetail("ParameterSet", change), deed, cancellationToken);
        return true;
    }

    /// <summary>Writes the product's presets that are missing; what is there stays.</summary>
    public async Task WritePresets(CancellationToken cancellationToken)
    {
        await context.LockWord("policy_parameter:presets", cancellationToken);
        var known = await context.Set<PolicyParameter>().Where(row => row.AreaCode == ParameterQueries.Everywhere)
            .Select(row => row.Key).ToListAsync(cancellationToken);
        PolicyParameter[] missing = [.. PolicyPresets.All.Where(preset => !known.Contains(preset.Key))];
        await context.InsertAll(missing, cancellationToken);
    }
}

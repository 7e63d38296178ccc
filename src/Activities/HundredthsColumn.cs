using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relief.Flow.Activities;

/// <summary>Keeps a decimal as an integer of hundredths: fen for money, hundredths of a unit for quantities.</summary>
/// <remarks>A value with more than two decimals is a bug of the caller and is refused, never rounded in silence.</remarks>
internal sealed class HundredthsColumn() : ValueConverter<decimal, long>(value => ToHundredths(value), stored => stored / 100m)
{
    private static long ToHundredths(decimal value)
    {
        var scaled = value * 100m;
        return scaled == decimal.Truncate(scaled)
            ? decimal.ToInt64(scaled)
            : throw new InvalidOperationException($"{value} has more than two decimals.");
    }
}

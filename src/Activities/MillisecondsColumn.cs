using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relief.Flow.Activities;

/// <summary>Keeps an instant as UTC milliseconds, because SQLite compares texts and not times.</summary>
internal sealed class MillisecondsColumn() : ValueConverter<DateTimeOffset, long>(
    value => value.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

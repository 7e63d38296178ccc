using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relief.Flow.Activities;

/// <summary>Hands PostgreSQL an instant in UTC, to the millisecond, so that both databases keep the same value.</summary>
internal sealed class UtcColumn() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => DateTimeOffset.FromUnixTimeMilliseconds(value.ToUnixTimeMilliseconds()), stored => stored);

using System.Text.Json;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Tests.Expressions;

public sealed class InputBindingTests
{
    public enum Mode
    {
        WaitAny,
        WaitAll
    }

    public sealed record Line(string Item, decimal Price, Mode Mode);

    public static TheoryData<string, object?, Type> Table => new()
    {
        { "\"True\"", true, typeof(bool) },
        { "false", false, typeof(bool?) },
        { "\"12\"", 12, typeof(int) },
        { "12.0", 12, typeof(int) },
        { "\"12.50\"", 12.50m, typeof(decimal) },
        { "0.1", 0.1m, typeof(decimal) },
        { "\"0.5\"", 0.5, typeof(double) },
        { "\"9007199254740993\"", 9007199254740993L, typeof(long) },
        { "\"00:00:02\"", TimeSpan.FromSeconds(2), typeof(TimeSpan) },
        { "\"P3DT1H\"", TimeSpan.FromHours(73), typeof(TimeSpan?) },
        { "\"2026-11-22\"", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(8)), typeof(DateTimeOffset) },
        { "\"2026-11-22T01:00:00Z\"", new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero), typeof(DateTimeOffset) },
        { "\"2026/3/15 上午12:00:00\"", new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.FromHours(8)), typeof(DateTimeOffset) },
        { "\"2026/3/15 下午3:30:00\"", new DateTimeOffset(2026, 3, 15, 15, 30, 0, TimeSpan.FromHours(8)), typeof(DateTimeOffset) },
        { "\"3/15/2026 9:30:00 AM\"", new DateTimeOffset(2026, 3, 15, 9, 30, 0, TimeSpan.FromHours(8)), typeof(DateTimeOffset) },
        { "\"2026-11-22\"", new DateOnly(2026, 11, 22), typeof(DateOnly) },
        { "\"waitall\"", Mode.WaitAll, typeof(Mode) },
        { "5", "5", typeof(string) },
        { "\"\"", "", typeof(string) },
        { "{\"a\":1}", "{\"a\":1}", typeof(string) },
        { "\"\"", null, typeof(int) },
        { "null", null, typeof(bool) },
        { "\"[\\\"a\\\",\\\"b\\\"]\"", new[] { "a", "b" }, typeof(string[]) },
        { "\"a\"", new[] { "a" }, typeof(string[]) },
        { "[1,\"2\"]", new[] { 1, 2 }, typeof(int[]) },
        { "\"{\\\"item\\\":\\\"床\\\",\\\"price\\\":\\\"3.5\\\",\\\"mode\\\":\\\"WaitAll\\\"}\"", new Line("床", 3.5m, Mode.WaitAll), typeof(Line) }
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Values_are_bound_as_the_designer_writes_them(string json, object? expected, Type target)
    {
        var (value, error) = InputBinding.Bind(JsonElement.Parse(json), target);

        Assert.Null(error);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("\"maybe\"", typeof(bool))]
    [InlineData("\"1.5\"", typeof(int))]
    [InlineData("3000000000", typeof(int))]
    [InlineData("\"soon\"", typeof(TimeSpan))]
    [InlineData("\"P3X\"", typeof(TimeSpan))]
    [InlineData("\"31.11.2026\"", typeof(DateTimeOffset))]
    [InlineData("\"7\"", typeof(Mode))]
    [InlineData("{}", typeof(decimal))]
    [InlineData("\"[1\"", typeof(int[]))]
    [InlineData("\"x\"", typeof(Line))]
    public void What_does_not_fit_is_an_error(string json, Type target)
    {
        var (value, error) = InputBinding.Bind(JsonElement.Parse(json), target);

        Assert.Null(value);
        Assert.NotNull(error);
    }
}

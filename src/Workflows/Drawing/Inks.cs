namespace Relief.Flow.Workflows.Drawing;

/// <summary>The colours of a picture, for light and for dark screens. Every text keeps a contrast of 4.5 to 1 to what lies behind it.</summary>
internal static class Inks
{
    private static readonly (ActivityKind Kind, string Light, string Dark)[] Kinds =
    [
        (ActivityKind.Plain, "#56616f", "#aab4c1"), (ActivityKind.Approval, "#3f4fc4", "#a3adff"), (ActivityKind.Money, "#8f5200", "#f2b968"),
        (ActivityKind.Wait, "#0b6b85", "#67c8e0"), (ActivityKind.Decision, "#7a3cae", "#cda6f3"), (ActivityKind.Container, "#44546e", "#9fb2cf"),
        (ActivityKind.Child, "#14683f", "#7fd3a5"), (ActivityKind.Emergency, "#b3261e", "#ff9d96"), (ActivityKind.End, "#333c48", "#c9d1db")
    ];

    private static readonly (MarkKind Kind, string Light, string Dark)[] Marks =
    [
        (MarkKind.Added, "#14713d", "#6fdc9c"), (MarkKind.Removed, "#b3261e", "#ff9d96"), (MarkKind.Changed, "#8f5200", "#f2b968"),
        (MarkKind.Moved, "#2458b8", "#9dbfff"), (MarkKind.Reached, "#0b6b63", "#63d3c6"), (MarkKind.Never, "#6b7480", "#98a2ae"), (MarkKind.Stuck, "#b3261e", "#ff9d96"),
        (MarkKind.Standing, "#8f5200", "#f2b968")
    ];

    private const string Shapes =
        "svg{font-family:\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Noto Sans SC\",\"Source Han Sans SC\",\"Segoe UI\",system-ui,sans-serif}"
        + ".h{font-size:20px;font-weight:600}.t{font-size:14px;font-weight:600}.s,.p,.g{font-size:12px}.b{font-size:11px;font-weight:600}"
        + ".w{fill:none;stroke-width:1.5;stroke-linejoin:round}.i{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}"
        + ".removed,.never{stroke-dasharray:6 4}.f{opacity:.62}.o{fill:none;stroke-width:2.2}";

    public static string Css { get; } = Write();

    private static string Write() => Shapes + Theme(isDark: false) + "@media (prefers-color-scheme:dark){" + Theme(isDark: true) + "}";

    private static string Theme(bool isDark)
    {
        var (ground, card, edge) = isDark ? ("#13161b", "#1d222a", "#39414d") : ("#f6f7f9", "#ffffff", "#d3d9e2");
        var (ink, soft, line) = isDark ? ("#eceff4", "#aab4c1", "#7d8999") : ("#1b222c", "#56616f", "#7c8797");
        var planes = $".ground{{fill:{ground}}}.card{{fill:{card};stroke:{edge}}}.inset{{fill:{ground};stroke:{edge}}}.h,.t{{fill:{ink}}}.s,.p,.g{{fill:{soft}}}"
            + $".p{{stroke:{ground};stroke-width:4px;paint-order:stroke}}.w{{stroke:{line}}}.a{{fill:{line}}}.dot{{fill:{ink}}}.b{{fill:{card}}}";
        var kinds = Kinds.Select(one => (Name: Name(one.Kind), Colour: isDark ? one.Dark : one.Light))
            .Select(one => $".i.k-{one.Name}{{stroke:{one.Colour}}}.c.k-{one.Name}{{fill:{one.Colour};fill-opacity:.13}}.e.k-{one.Name}{{fill:{one.Colour}}}");
        var marks = Marks.Select(one => (Name: Name(one.Kind), Colour: isDark ? one.Dark : one.Light))
            .Select(one => $".o.{one.Name},.w.{one.Name}{{stroke:{one.Colour}}}.a.{one.Name},.n.{one.Name}{{fill:{one.Colour}}}");
        return planes + string.Concat(kinds) + string.Concat(marks);
    }

    public static string Name<T>(T kind) where T : struct, Enum => kind.ToString().ToLowerInvariant();
}

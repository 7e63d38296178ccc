namespace Relief.Flow.Workflows.Drawing;

/// <summary>The sign of each kind of step, in a square of 16: colour alone says nothing to one who does not see it.</summary>
internal static class Signs
{
    public static string Of(ActivityKind kind) => kind switch
    {
        ActivityKind.Approval => "M3 8.5l3.4 3.4L13 4.6",
        ActivityKind.Money => "M8 8v6M4.5 8.4h7M4.5 11.2h7M4 2.4l4 5.6 4-5.6",
        ActivityKind.Wait => "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 4.8V8l2.5 1.7",
        ActivityKind.Decision => "M8 1.8l6.2 6.2L8 14.2 1.8 8z",
        ActivityKind.Container => "M2 2h12v12H2zM5.4 5.4h5.2v5.2H5.4z",
        ActivityKind.Child => "M2.5 2.5h6.5v6.5H2.5zM9 12h2a2 2 0 0 0 2-2V6.5M13 6l-2 2M13 6l2 2",
        ActivityKind.Emergency => "M8 2.2l6.2 11.2H1.8zM8 6.4v3.4M8 11.6v.1",
        ActivityKind.End => "M4 4h8v8H4z",
        _ => "M3 4.5h10M3 8h10M3 11.5h6"
    };
}

using System.Xml;

namespace Relief.Flow.Host.Answers;

/// <summary>Durations as they stand in requests: ISO 8601, such as <c>P3D</c> or <c>PT90M</c>.</summary>
internal static class Durations
{
    /// <summary>The duration; null when the text is none, is negative, or has months or years, whose length depends on the day.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || text.Split('T')[0].AsSpan().IndexOfAny('Y', 'M') >= 0)
            return null;

        try
        {
            return XmlConvert.ToTimeSpan(text) is var span && span >= TimeSpan.Zero ? span : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }
}

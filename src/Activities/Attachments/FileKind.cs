namespace Relief.Flow.Activities.Attachments;

/// <summary>What a file is, by its own first bytes: neither its name nor whoever sends it is believed.</summary>
public static class FileKind
{
    /// <summary>JPEG, PNG, WebP or PDF as a media type; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8))
            return "image/webp";
        return content.StartsWith("%PDF-"u8) ? "application/pdf" : null;
    }
}

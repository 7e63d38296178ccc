using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Turns untrusted bytes into a JSON value whose every text can be read later without a surprise.</summary>
internal static class DefinitionText
{
    /// <summary>Parses <paramref name="json"/>, or returns null and adds to <paramref name="problems"/>. Never throws.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json, ImmutableArray<Problem>.Builder problems)
    {
        json = WithoutByteOrderMark(json);
        if (json.Length > DefinitionReader.MaxBytes)
            return Refuse(problems, new Problem("definition.tooLarge", $"The definition has {json.Length} bytes; {DefinitionReader.MaxBytes} are allowed.", "$")
                .Told([Number(json.Length), Number(DefinitionReader.MaxBytes)]));

        if (!Utf8.IsValid(json))
            return Refuse(problems, new Problem("definition.malformed", "The definition is not UTF-8 text.", "$").Told("definition.malformed.encoding"));

        try
        {
            CheckTexts(json);

            return JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = DefinitionReader.MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException malformed)
        {
            return Refuse(problems, new Problem("definition.malformed", $"The definition is not JSON that can be read: {malformed.Message}", malformed.Path ?? "$").Told([malformed.Message]));
        }
        catch (InvalidOperationException unreadable)
        {
            return Refuse(problems, new Problem("definition.malformed", $"The definition holds a text that is not Unicode: {unreadable.Message}", "$").Told("definition.malformed.text", unreadable.Message));
        }
    }

    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) =>
        json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    // JsonElement looks at escapes only when a text is asked for; half a surrogate pair would then throw in the middle of a burst,
    // and PostgreSQL stores no NUL character.
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DefinitionReader.MaxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                throw new InvalidOperationException("it holds the character U+0000.");
        }
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement? Refuse(ImmutableArray<Problem>.Builder problems, Problem problem)
    {
        problems.Add(problem);
        return null;
    }
}

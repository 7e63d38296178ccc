using System.Globalization;
using System.Text;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>SVG in the making. Every text and attribute value goes through the one escaping, so a name cannot become markup.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    public SvgText Open(string name, params (string Name, object? Value)[] attributes)
    {
        Tag(name, attributes).Append('>');
        _open.Push(name);
        return this;
    }

    public SvgText Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    public SvgText Empty(string name, params (string Name, object? Value)[] attributes)
    {
        Tag(name, attributes).Append("/>");
        return this;
    }

    /// <summary>An element that holds text only.</summary>
    public SvgText Text(string name, string text, params (string Name, object? Value)[] attributes)
    {
        Tag(name, attributes).Append('>');
        Escape(text);
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    public override string ToString() => _text.ToString();

    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private StringBuilder Tag(string name, (string Name, object? Value)[] attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null)
                continue;

            _text.Append(' ').Append(attribute).Append("=\"");
            Escape(value is double number ? Number(number) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            _text.Append('"');
        }

        return _text;
    }

    // XML has no way to write most control characters: they become a sign that something stood there.
    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\n' or '\r' or '\t' => _text.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF => _text.Append('\uFFFD'),
                _ => _text.Append(rune.ToString())
            };
        }
    }
}

using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using HandlebarsDotNet;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The texts of notices: one Handlebars template per event, audience and language, embedded as <c>name.audience.language.hbs</c>.</summary>
public sealed class NoticeTemplates
{
    private readonly FrozenDictionary<string, Lazy<HandlebarsTemplate<object, object>>> _templates;

    public NoticeTemplates(IEnumerable<Assembly> assemblies)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = false });
        _templates = assemblies
            .SelectMany(assembly => assembly.GetManifestResourceNames().Where(name => name.EndsWith(".hbs", StringComparison.Ordinal)).Select(name => (assembly, name)))
            // Compiled when a notice first needs it: all of them at once would hold up every start.
            .ToFrozenDictionary(found => NameOf(found.name), found => new Lazy<HandlebarsTemplate<object, object>>(() => handlebars.Compile(Read(found.assembly, found.name))));
    }

    public IEnumerable<string> Names => _templates.Keys;

    /// <summary>The text of a notice; without a template, its name and reference, so that nothing is lost.</summary>
    public string Render(Notice notice)
    {
        var key = $"{notice.Template}.{notice.Audience}.{notice.Language}";
        return _templates.TryGetValue(key, out var template) || _templates.TryGetValue($"{notice.Template}.{notice.Audience}.zh", out template)
            ? template.Value(Plain(notice.Data)!)
            : $"{notice.Template} {notice.To}";
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Undefined or JsonValueKind.Null => new Dictionary<string, object?>(),
        _ => value.ToString()
    };

    // Resource names are "<namespace>.Templates.<event>.<audience>.<language>.hbs".
    private static string NameOf(string resource)
    {
        var name = resource[..^".hbs".Length];
        var folder = name.IndexOf(".Templates.", StringComparison.Ordinal);
        return folder < 0 ? name : name[(folder + ".Templates.".Length)..];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

using Microsoft.AspNetCore.Components;

namespace Relief.Flow.Host.Console;

/// <summary>A part of a page, which knows the page's visitor.</summary>
public abstract class ConsolePart : ComponentBase
{
    [CascadingParameter]
    public required Visitor Visitor { get; set; }
}

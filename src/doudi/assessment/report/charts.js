(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var BLUE = "#0958d9", PALE = "#b7c6dd", AMBER = "#d48806", TEXT = "#1f2937", FAINT = "#5b6777", LINE = "#dbe3ef";
  var SERIES = ["#0958d9", "#13a8a8", "#d48806", "#8c8c8c"];
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  var charts = [];

  function whole(number) { return Math.round(number).toLocaleString("en-US"); }
  function yuan(number) {
    return number.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
  function brief(number) {
    return Math.abs(number) >= 10000 ? Number((number / 10000).toFixed(1)).toLocaleString("en-US") + " 万" : whole(number);
  }

  function draw(id, build) {
    var place = document.getElementById(id);
    if (!place) { return; }
    var chart = echarts.init(place, null, { renderer: "svg" });
    var show = function () {
      chart.setOption(build(), true);
      var svg = place.querySelector("svg");
      svg.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    };
    show();
    charts.push({ chart: chart, show: show });
  }

  function common() {
    return {
      animation: false,
      textStyle: { fontFamily: FONT, color: TEXT, fontSize: 13 },
      grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true }
    };
  }
  function numbers(extra) {
    return Object.assign({
      type: "value", minInterval: 1, splitNumber: 3,
      axisLabel: { color: FAINT, hideOverlap: true, formatter: brief },
      splitLine: { lineStyle: { color: LINE } }, axisLine: { show: false }, axisTick: { show: false }
    }, extra || {});
  }
  function names(labels) {
    return {
      type: "category", data: labels, inverse: true,
      axisLabel: { color: TEXT, interval: 0 }, axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }
    };
  }

  function bars(labels, values, format, unit, room, colour) {
    return function () {
      var option = common();
      option.grid.right = room;
      option.tooltip = {
        trigger: "item", confine: true,
        formatter: function (item) { return item.marker + item.name + "：" + format(item.value) + " " + unit; }
      };
      option.xAxis = numbers();
      option.yAxis = names(labels);
      option.series = [{
        type: "bar", barMaxWidth: 24, data: values,
        itemStyle: { color: function (item) { return colour(item.dataIndex); }, borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", color: TEXT, formatter: function (item) { return format(item.value); } }
      }];
      return option;
    };
  }

  draw("chart-tiers", bars(data.tiers.labels, data.tiers.values, whole, "户", 56, function (place) {
    return place === data.tiers.labels.length - 1 ? AMBER : BLUE;
  }));
  draw("chart-cost", bars(data.cost.labels, data.cost.values, brief, "元/月", 64, function () { return BLUE; }));

  draw("chart-missed", function () {
    var option = common();
    option.grid.bottom = 36;
    option.grid.right = 48;
    option.legend = { bottom: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: TEXT } };
    option.tooltip = {
      trigger: "axis", axisPointer: { type: "shadow" }, confine: true,
      valueFormatter: function (value) { return whole(value) + " 户"; }
    };
    option.xAxis = numbers();
    option.yAxis = names(data.missed.labels);
    option.series = data.missed.series.map(function (each, place) {
      return { name: each.name, type: "bar", stack: "all", barMaxWidth: 28, data: each.values, itemStyle: { color: SERIES[place] } };
    });
    var last = option.series.length - 1;
    if (last >= 0) {
      var totals = data.missed.labels.map(function (_, row) {
        return data.missed.series.reduce(function (sum, each) { return sum + each.values[row]; }, 0);
      });
      option.series.push({
        type: "bar", stack: "all", data: totals.map(function () { return 0; }), silent: true, tooltip: { show: false },
        label: {
          show: true, position: "right", color: TEXT,
          formatter: function (item) { return whole(totals[item.dataIndex]); }
        }
      });
    }
    return option;
  });

  data.lines.forEach(function (line) {
    draw("chart-" + line.id, function () {
      var option = common(), step = line.bins.length ? line.bins[0][1] - line.bins[0][0] : 1;
      var first = line.bins[0][0], final = line.bins[line.bins.length - 1][1];
      option.grid.top = 32;
      option.grid.bottom = 28;
      option.tooltip = {
        trigger: "item", confine: true,
        formatter: function (item) {
          var bin = line.bins[item.dataIndex];
          return whole(bin[0]) + " 至 " + whole(bin[1]) + " " + line.unit + "：" + whole(bin[2]) + " 户";
        }
      };
      option.xAxis = {
        type: "value", min: first, max: final, interval: step * 5,
        name: "与" + line.word + "的差（" + line.unit + "）", nameLocation: "middle", nameGap: 26, nameTextStyle: { color: FAINT },
        axisLabel: { color: FAINT, hideOverlap: true, formatter: function (value) { return (value > 0 ? "+" : "") + whole(value); } },
        splitLine: { show: false }, axisLine: { lineStyle: { color: "#8a97a8" } }
      };
      option.yAxis = numbers();
      option.series = [{
        type: "bar", barWidth: "94%", barCategoryGap: 0,
        data: line.bins.map(function (bin) {
          var met = line.met === "left" ? bin[1] <= 0 : bin[0] >= 0;
          return { value: [(bin[0] + bin[1]) / 2, bin[2]], itemStyle: { color: met ? BLUE : PALE } };
        }),
        markLine: {
          silent: true, symbol: "none", lineStyle: { color: "#cf1322", width: 2, type: "solid" },
          label: { formatter: line.word, color: "#cf1322", position: "end" }, data: [{ xAxis: 0 }]
        }
      }];
      return option;
    });
  });

  function resize() {
    charts.forEach(function (each) { each.chart.resize(); each.show(); });
  }
  window.addEventListener("resize", resize);
  window.addEventListener("load", resize);

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("details"), function (each) { return !each.open; });
    opened.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (each) { each.open = false; });
  });
})();

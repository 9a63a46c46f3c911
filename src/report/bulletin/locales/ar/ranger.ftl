# كلمات متنزه أو محمية، بدل كلمات وقف إطلاق النار.

lead-incidents =
    { $n ->
        [0] لم يُسجَّل أي حادث
        [one] سُجِّل حادث واحد
        [two] سُجِّل حادثان
        [few] سُجِّلت { $number } حوادث
        [many] سُجِّل { $number } حادثًا
       *[other] سُجِّل { $number } حادث
    }
lead-none-known = لا يُعرف أي حادث
incident-count =
    { $n ->
        [0] لا حوادث
        [one] حادث واحد
        [two] حادثان
        [few] { $number } حوادث
        [many] { $number } حادثًا
       *[other] { $number } حادث
    }
uncertain-count =
    { $n ->
        [one] واحد موقعه غير مؤكد
        [two] اثنان موقعهما غير مؤكد
       *[other] { $number } مواقعها غير مؤكدة
    }
not-located-count =
    { $n ->
        [one] واحد بلا موقع
        [two] اثنان بلا موقع
       *[other] { $number } بلا موقع
    }
certainty = ومنها { $counts }.
people-killed =
    { $n ->
        [one] قتيل واحد
        [two] قتيلان
        [few] { $number } قتلى
       *[other] { $number } قتيلًا
    }
people-wounded =
    { $n ->
        [one] جريح واحد
        [two] جريحان
        [few] { $number } جرحى
       *[other] { $number } جريحًا
    }
people-none = بلا قتلى أو جرحى
people-untold = لم يُبلَّغ عن قتلى أو جرحى
killed = القتلى
wounded = الجرحى
status =
    { $status ->
        [new] جديد
        [open] مفتوح
        [active] نشط
        [ongoing] جارٍ
        [pending] قيد الانتظار
        [settled] سُوّي
        [resolved] حُلّ
        [closed] مغلق
        [done] منتهٍ
       *[other] { $text }
    }
